import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

/** A service of GPUs in a process of its own, which says each question that it gets and never answers those about `slow`. */
const SERVICE = `
  const server = require('node:http').createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    process.stdout.write('asked\\n')
    if (!body.includes('slow')) response.end(JSON.stringify({ data: { gpu: { __typename: 'Gpu', name: 'A100' } } }))
  })
  server.listen(Number(process.argv[1]), '127.0.0.1', () => process.stdout.write('port ' + server.address().port + '\\n'))
`

let gateway: TestGateway
let alice: string
let service: ChildProcess
let port: number

/** Starts it. At a port of the system's choice with 0. */
async function startService(at: number): Promise<{ process: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', SERVICE, '--', String(at)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  return { process: child, port: Number(/port (\d+)/.exec(String(line))?.[1]) }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

beforeAll(async () => {
  const started = await startService(0)
  service = started.process
  port = started.port
  gateway = await startTestGateway({ GPUS_URL: `http://127.0.0.1:${port}` })
  alice = await gateway.as('alice')
})
afterAll(async () => {
  await gateway?.stop()
  await kill(service)
})

const gpu = (id: string) => `gpu(id: "${id}") { name }`
const away = {
  message: 'The gpus service does not answer. Try again later.',
  extensions: { code: 'UNAVAILABLE', serviceName: 'gpus' },
}

test('a service is killed in the middle of questions: other fields come, and 503 only where none is left', async () => {
  expect((await gateway.query(alice, `{ ${gpu('x')} }`)).body).toEqual({ data: { gpu: { name: 'A100' } } })

  const asked = once(service.stdout ?? process.stdin, 'data')
  const alone = gateway.query(alice, `{ ${gpu('slow')} }`)
  const beside = gateway.query(alice, `{ templates { name } ${gpu('slow too')} }`)
  await asked
  await kill(service)

  expect(await alone).toMatchObject({ status: 503, body: { data: { gpu: null }, errors: [away] } })
  expect((await alone).headers.get('retry-after')).toBe('2')
  expect(await beside).toMatchObject({ status: 200, body: { data: { templates: [], gpu: null }, errors: [away] } })
})

test('while it is away it costs no time, REST says the same, and when it is back it is found', async () => {
  for (let i = 0; i < 3; i++) await gateway.query(alice, `{ ${gpu('x')} }`)
  const rest = await fetch(`${gateway.url}/gpus/00000000-0000-7000-8000-000000000000`, {
    headers: { authorization: `Bearer ${alice}` },
  })
  expect([rest.status, rest.headers.get('retry-after')]).toEqual([503, '2'])

  service = (await startService(port)).process
  await expect
    .poll(() => gateway.query(alice, `{ ${gpu('x')} }`), { timeout: 5_000 })
    .toMatchObject({
      status: 200,
      body: { data: { gpu: { name: 'A100' } } },
    })
})
