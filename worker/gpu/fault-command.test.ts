import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildFake, canCompile } from 'node-nvml/fake/build'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultLogPath } from './fault-log.ts'
import { nvmlGpus } from './nvml.ts'

const COMMAND = fileURLToPath(new URL('fault-command.ts', import.meta.url))
const GPUS = [
  { index: 0, uuid: 'SIM-aa11', state: 'AVAILABLE' },
  { index: 1, uuid: 'SIM-aa22', state: 'UNHEALTHY' },
  { index: 1, uuid: 'SIM-bb33', state: 'MISSING' },
]

const gateway = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ data: { gpus: { nodes: GPUS } } }))
})
let folder: string
let stack: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'constellation-fault-'))
  writeFileSync(join(folder, 'token'), 'token')
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const { port } = gateway.address() as AddressInfo
  stack = ['--gateway', `http://127.0.0.1:${port}`, '--token-file', join(folder, 'token'), '--worker-home', folder]
})

afterAll(() => {
  gateway.close()
  rmSync(folder, { recursive: true })
})

function run(options: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [COMMAND, ...options], { env: { PATH: process.env.PATH ?? '', ...env } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output })),
  )
}

test('a fault is written where the worker of the stack looks', async () => {
  expect(await run([...stack, '1', 'XID', '79'])).toEqual({
    code: 0,
    output: 'GPU 1 (SIM-aa22): XID 79. It is healed by: npm run gpu-fault -- 1 heal\n',
  })
  expect(await run([...stack, 'aa1', 'recovery', 'reset'])).toMatchObject({ code: 0 })
  expect(readFileSync(faultLogPath(folder), 'utf8')).toBe(
    '{"gpu":"SIM-aa22","fault":"xid:79"}\n{"gpu":"SIM-aa11","fault":"recovery:reset"}\n',
  )
})

test('a GPU that is not there, or could be several, is told with those that there are', async () => {
  const nine = await run([...stack, '9', 'lost'])
  expect(nine.code).toBe(1)
  expect(nine.output).toBe('No simulated GPU is 9. There are:\n  0  SIM-aa11\n  1  SIM-aa22\n')
  expect((await run([...stack, 'SIM-aa', 'lost'])).output).toMatch(/^Several simulated GPUs are SIM-aa\./)
})

test('without a stack, or with a word that is none, it says so', async () => {
  const alone = await run(['1', 'lost'])
  expect(alone).toMatchObject({ code: 1, output: expect.stringMatching(/^No stack runs on this machine/) })
  const nonsense = await run([...stack, '1', 'explode'])
  expect(nonsense).toMatchObject({ code: 1, output: expect.stringContaining('xid <number>, lost, ecc') })
})

test.runIf(canCompile())('the GPUs of a fake library fail by the same words', async () => {
  const fake = buildFake(join(folder, 'libnvidia-ml.so.1'))
  const gpus = nvmlGpus({ library: fake.path, home: null })
  const [, second] = await gpus.list()
  const xid = new Promise((resolve) => gpus.onEvent(resolve))
  expect(await run(['1', 'xid', '79'], { NVML_LIBRARY: fake.path })).toEqual({ code: 0, output: '' })
  expect(await xid).toMatchObject({ type: 'xid', uuid: second?.uuid, code: 79 })
  await run(['1', 'recovery', 'drain-p2p'], { NVML_LIBRARY: fake.path })
  expect((await gpus.health())[1]).toMatchObject({ recoveryAction: 'DRAIN_P2P' })
  expect((await run(['1', 'lost'], { NVML_LIBRARY: join(folder, 'none') })).output).toMatch(/is no fake library/)
  await gpus.close()
})
