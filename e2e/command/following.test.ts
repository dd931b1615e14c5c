import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openWorld, type World } from '../testing.ts'
import { type Caller, callerFor, onTerminal } from './testing.ts'

let world: World
let constellation: Caller
beforeAll(async () => {
  world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '2' })
  constellation = callerFor(world)
}, 120_000)
afterAll(() => world?.close())

const stateOf = async (id: string) => (await (await world.rest(`/jobs/${id}`)).json()).state

test('run gives the output to stdout, the rest to stderr, and ends as the job has ended', async () => {
  const { code, stdout, stderr } = await constellation(
    'run',
    '-g',
    '1',
    '--',
    'sh',
    '-c',
    'echo out; echo err >&2; exit 7',
  )
  expect({ code, stdout }).toEqual({ code: 7, stdout: 'out\n' })
  expect(stderr).toMatch(/^job [0-9a-f-]{36}\n/)
  expect(stderr).toMatch(/^err$/m)
  expect(stderr).toMatch(/^running · on worker-local, GPU \d \(Simulated .*, simulated\)$/m)
  expect(stderr).toMatch(/failed · Ended with exit code 7\n$/)
})

test('a job that a signal has ended ends it with 128 and the number, its time with 124, and a missing program with 127', async () => {
  const [killed, timedOut, unknown, done] = await Promise.all([
    constellation('run', '--', 'sh', '-c', 'kill -KILL $$'),
    constellation('run', '--time', '1s', '--', 'sleep', '100'),
    constellation('run', '--', '/no/such/program'),
    constellation('run', 'true'),
  ])
  expect([killed.code, timedOut.code, unknown.code, done.code]).toEqual([137, 124, 127, 0])
})

test('as JSON it tells states and output, a line each', async () => {
  const { stdout } = await constellation('run', '--json', '--', 'echo', 'hi')
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter(({ type }) => type === 'log')).toMatchObject([{ attempt: 1, stream: 'STDOUT', text: 'hi\n' }])
  expect(lines.at(-1)).toMatchObject({ type: 'state', job: { state: 'COMPLETED' } })
})

test('Ctrl-C asks once that the job be cancelled, and tells how it has ended', async () => {
  const { child, wrote, ended } = constellation.start('run', '--', 'sh', '-c', 'echo ready; exec sleep 600')
  await wrote('ready')
  child.kill('SIGINT')
  const { code, stderr } = await ended
  expect(code).toBe(130)
  expect(stderr).toMatch(/Asked that it be cancelled.*\n(.*\n)*cancelled/)
  expect(await stateOf(/^job (\S+)/.exec(stderr)?.[1] ?? '')).toBe('cancelled')
})

test('a second Ctrl-C leaves the job that does not want to end', async () => {
  // For long enough; the stack's own end is not to wait for it.
  const stubborn = 'trap "echo no" TERM; echo ready; for i in $(seq 20); do sleep 0.1; done'
  const { child, wrote, ended } = constellation.start('run', '--', 'sh', '-c', stubborn)
  await wrote('ready')
  child.kill('SIGINT')
  await wrote('Asked that it be cancelled')
  child.kill('SIGINT')
  expect(await ended).toMatchObject({
    code: 130,
    stderr: expect.stringMatching(/followed again by: constellation logs -f /),
  })
})

test('a link that breaks in the middle of a log costs no line and repeats none', async () => {
  const link = await openLink(world.stack.url)
  const writes = 'for i in $(seq 1 60); do echo line $i; sleep 0.05; done'
  const { wrote, ended } = constellation.with({ CONSTELLATION_URL: link.url }).start('run', '--', 'sh', '-c', writes)
  await wrote('line 5\n')
  await link.breakUntilRefused(1)
  await wrote('line 30\n')
  await link.breakUntilRefused(3)
  const { code, stdout } = await ended
  expect(code).toBe(0)
  expect(stdout).toBe(Array.from({ length: 60 }, (_, at) => `line ${at + 1}\n`).join(''))
})

test('logs begin where they are asked to, and with -f go on to the end', async () => {
  const { stdout: id } = await constellation('submit', '--', 'sh', '-c', 'seq 0 9; sleep 1; echo end')
  const followed = await constellation('logs', '-f', '--from-line', '8', id.trim())
  expect(followed).toMatchObject({ code: 0, stdout: '8\n9\nend\n' })
  expect((await constellation('logs', '--tail', '2', id.trim())).stdout).toBe('9\nend\n')
  expect((await constellation('logs', '--attempt', '2', id.trim())).code).toBe(4)
  const asJson = await constellation('logs', '--json', '--from-line', '10', id.trim())
  expect(JSON.parse(asJson.stdout)).toMatchObject({ type: 'log', attempt: 1, firstLine: 10, text: 'end\n' })
})

test('on a terminal a waiting job says why, and its state stays when it is over', async () => {
  await constellation('submit', '-g', '2', '--name', 'holds-all', '--', 'sleep', '600')
  const terminal = onTerminal(world, 'run -g 2 --name waits -- true')
  await terminal.shows(/queued \d+s · 1st in line · .*(in use|GPUs)/)
  await constellation('cancel', 'holds-all')
  const { code, screen } = await terminal.ended
  expect(code).toBe(0)
  expect(screen).toMatch(/completed/)
})

test('a list that is watched shows what changes, with the progress that a job tells', async () => {
  const terminal = onTerminal(world, 'list --watch')
  await terminal.shows(/JOB +NAME +STATE/)
  await constellation(
    'submit',
    '--name',
    'trains',
    '--',
    'sh',
    '-c',
    'printf " 40%%|####      | 4/10 [00:04<00:06, 1.00it/s]\\r"; exec sleep 600',
  )
  await terminal.shows(/trains +running .* 40% 4\/10 1\.00it\/s 00:06 left/)
  terminal.type('q')
  expect((await terminal.ended).code).toBe(0)
})

test('the GPUs are shown live, and as JSON once', async () => {
  const { stdout } = await constellation('gpus', '--json')
  expect(JSON.parse(stdout).groups[0].gpus).toMatchObject([{ index: 0, simulated: true }, { index: 1 }])
  const terminal = onTerminal(world, 'gpus --watch')
  await terminal.shows(/Simulated A100[\s\S]*q quit/)
  terminal.type('q')
  expect((await terminal.ended).code).toBe(0)
})

/** A way to the server that can be broken: all connections are cut, and the next ones refused. */
async function openLink(url: string) {
  const { port } = new URL(url)
  const sockets = new Set<Socket>()
  let refusals = 0
  let wasRefused = () => {}
  const server = createServer((near) => {
    if (refusals > 0) {
      refusals -= 1
      near.destroy()
      return refusals === 0 ? wasRefused() : undefined
    }
    const far = connect(Number(port), '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(one)
          other.destroy()
        })
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  // A TCP server's address is no pipe's.
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    breakUntilRefused(times: number): Promise<void> {
      refusals = times
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => {
        wasRefused = resolve
      })
    },
  }
}
