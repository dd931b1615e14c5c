import { realpathSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, startBench, type TestWorker, textOf } from '../testing/bench.ts'
import type { FakeJob } from '../testing/fake-gateway.ts'

let bench: Bench
let worker: TestWorker

beforeAll(async () => {
  bench = await startBench()
  worker = bench.startWorker()
  await bench.gateway.until(() => bench.gateway.state.registrations.length)
})
afterAll(() => bench.stop())

/** Runs a job to the end of its first attempt. */
async function run(job: Partial<FakeJob> & { command: string[] }) {
  const queued = bench.submit(job)
  const attempt = await bench.gateway.until(() => queued.runs[0]?.end && queued.runs[0])
  const log = await bench.logOf(attempt)
  return { attempt, end: attempt.end, log }
}

test('a worker registers its simulated GPUs, which say what they are', () => {
  const [registration] = bench.gateway.state.registrations
  expect(registration?.gpus).toHaveLength(2)
  expect(registration?.gpus[0]).toMatchObject({ name: 'Simulated A100 80GB', simulated: true, totalMemoryMb: 81_920 })
  expect(new Set(registration?.gpus.map(({ uuid }) => uuid)).size).toBe(2)
})

test('a job prints ten lines over time on one GPU, and its log arrives in order and ends', async () => {
  const script = 'for i in 1 2 3 4 5 6 7 8 9 10; do echo "line $i"; sleep 0.06; done'
  const { attempt, end, log } = await run({ command: [script], shell: true, gpuCount: 1 })
  expect(end).toMatchObject({ outcome: 'EXITED', exitCode: 0, signal: null, reason: null, logChunks: log.length })
  expect(attempt.started).toBe(true)
  expect(textOf(log, 'stdout')).toBe(Array.from({ length: 10 }, (_, i) => `line ${i + 1}\n`).join(''))
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i))
  expect(log.length).toBeGreaterThan(5)
  expect(log.at(-1)).toMatchObject({ end: true, text: '', firstLine: 10 })
  expect(new Set(log.map(({ epoch }) => epoch))).toEqual(new Set([1]))
})

test('the metrics of a run on a GPU tell what the GPU did', async () => {
  const { end } = await run({ command: ['sleep', '1.2'], gpuCount: 1 })
  expect(end?.metrics?.energyJoules).toBeGreaterThan(0)
  expect(end?.metrics?.maxUtilisationPercent).toBeGreaterThan(0)
  expect(end?.metrics?.peakMemoryMb).toBeGreaterThan(400)
})

test('more jobs than GPUs take turns, and no GPU has two runs', async () => {
  const ends = await Promise.all([1, 2, 3, 4].map(() => run({ command: ['sleep', '0.1'], gpuCount: 1 })))
  expect(ends.map(({ end }) => end?.exitCode)).toEqual([0, 0, 0, 0])
  expect(bench.gateway.state.heldOffers).toBe(0)
})

test('an exit code is kept, and so is a signal', async () => {
  const [failed, killed] = await Promise.all([
    run({ command: ['sh', '-c', 'echo bad >&2; exit 7'] }),
    run({ command: ['sh', '-c', 'kill -SEGV $$'] }),
  ])
  expect(failed.end).toMatchObject({ outcome: 'EXITED', exitCode: 7, signal: null, metrics: null })
  expect(textOf(failed.log, 'stderr')).toBe('bad\n')
  expect(killed.end).toMatchObject({ outcome: 'EXITED', exitCode: null, signal: 'SIGSEGV' })
})

test('a command that cannot start says why', async () => {
  const [missing, forbidden, nowhere] = await Promise.all([
    run({ command: ['no-such-program-at-all'] }),
    run({ command: ['/etc/passwd'] }),
    run({ command: ['true'], workingDirectory: '/no/such/directory' }),
  ])
  expect(missing.end).toMatchObject({
    outcome: 'NOT_STARTED',
    reason: 'The command no-such-program-at-all does not exist on this worker.',
  })
  expect(textOf(missing.log, 'system')).toContain('no-such-program-at-all does not exist')
  expect(missing.attempt.started).toBe(false)
  expect(forbidden.end).toMatchObject({
    outcome: 'NOT_STARTED',
    reason: 'The command /etc/passwd may not be run or entered on this worker.',
  })
  expect(nowhere.end).toMatchObject({
    outcome: 'NOT_STARTED',
    reason: 'The working directory /no/such/directory does not exist on this worker.',
  })
})

test('a command sees what it was given and nothing of the worker', async () => {
  const { attempt, log } = await run({
    command: ['env'],
    env: { LR: '0.1', CUDA_VISIBLE_DEVICES: '0', CONSTELLATION_RUN_ID: 'mine' },
    gpuCount: 2,
  })
  const seen = Object.fromEntries(
    textOf(log, 'stdout')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('=', 2)),
  )
  expect(Object.keys(seen).sort()).toEqual([
    'CONSTELLATION_ATTEMPT',
    'CONSTELLATION_JOB_ID',
    'CONSTELLATION_RUN_ID',
    'CUDA_DEVICE_ORDER',
    'CUDA_VISIBLE_DEVICES',
    'HOME',
    'LR',
    'PATH',
    'TZ',
  ])
  expect(seen).toMatchObject({
    CONSTELLATION_ATTEMPT: '1',
    CONSTELLATION_RUN_ID: attempt.runId,
    CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
    CUDA_VISIBLE_DEVICES: attempt.gpuUuids.join(','),
  })
})

test('the shim shows a command no more than its own environment does', async () => {
  const { log } = await run({ command: ["tr '\\0' '\\n' < /proc/$PPID/environ"], shell: true })
  expect(textOf(log, 'stdout')).toContain('PATH=')
  expect(textOf(log, 'stdout')).not.toMatch(/SECRET|TOKEN|NATS/)
})

test('without GPUs no GPU is visible, and the scratch directory is private', async () => {
  const { log } = await run({ command: ['echo "[$CUDA_VISIBLE_DEVICES]"; stat -c %a .; pwd'], shell: true })
  const [devices, mode, directory] = textOf(log, 'stdout').split('\n')
  expect(devices).toBe('[]')
  expect(mode).toBe('700')
  expect(directory?.startsWith(realpathSync(bench.home))).toBe(true)
})

test('progress bars and split characters survive', async () => {
  const script = String.raw`printf '10%%\r'; sleep 0.1; printf '20%%\r\303'; sleep 0.1; printf '\251\377end\n'`
  const { log } = await run({ command: [script], shell: true })
  expect(textOf(log, 'stdout')).toBe('10%\r20%\ré\uFFFDend\n')
})

test('a program can open its output by name', async () => {
  const { log } = await run({ command: ['echo one >/dev/stderr; echo two >/dev/stdout'], shell: true })
  expect(textOf(log, 'stderr')).toBe('one\n')
  expect(textOf(log, 'stdout')).toBe('two\n')
})

test('a time limit ends the run', async () => {
  const { end, log } = await run({ command: ['sleep', '60'], timeoutSeconds: 1 })
  expect(end).toMatchObject({
    outcome: 'TIMED_OUT',
    signal: 'SIGTERM',
    reason: 'The run was ended at its time limit of 1 s.',
  })
  expect(textOf(log, 'system')).toBe('The run was ended at its time limit of 1 s.\n')
})

test('a cancelled run ends with everything that it started, however it hides and whatever it ignores', async () => {
  // One in the group, one in a session of its own, and a daemon that was forked twice; all refuse SIGTERM.
  const stubborn = `trap '' TERM; echo $$; while :; do sleep 0.2; done`
  const script = `
    sh -c "$STUBBORN" & setsid sh -c "$STUBBORN" &
    (setsid sh -c "env -i sh -c \\"\\$STUBBORN\\" &" &)
    eval "$STUBBORN"`
  const job = bench.submit({ command: [script], shell: true, env: { STUBBORN: stubborn } })
  const attempt = await bench.gateway.until(() => job.runs[0]?.started && job.runs[0])
  const pidsIn = (log: LogRecord[]) => textOf(log, 'stdout').split('\n').slice(0, -1).map(Number)
  const pids = pidsIn(await bench.logOf(attempt, (log) => pidsIn(log).length === 4))
  expect(pids.filter(isRunning)).toHaveLength(4)
  bench.cancel(job)
  await bench.gateway.until(() => attempt.end)
  expect(attempt.end).toMatchObject({ outcome: 'CANCELLED', signal: 'SIGKILL', reason: 'The run was cancelled.' })
  expect(pids.filter(isRunning)).toEqual([])
})

test('what a command leaves behind is ended with it', async () => {
  const { end, log } = await run({ command: ['sleep 300 & echo $!; exit 3'], shell: true })
  expect(end).toMatchObject({ outcome: 'EXITED', exitCode: 3 })
  expect(isRunning(Number(textOf(log, 'stdout')))).toBe(false)
})

test('ends that could not be told are told once each when the gateway is back', async () => {
  const gate = join(bench.home, 'gate')
  const command = [`echo on; while [ ! -e ${gate} ]; do sleep 0.02; done`]
  const jobs = [1, 2, 3].map(() => bench.submit({ command, shell: true }))
  const runs = await Promise.all(jobs.map(bench.started))
  bench.gateway.state.down = true
  await writeFile(gate, '')
  await Promise.all(runs.map((run) => bench.untilFile(run, 'exit', () => true)))
  bench.gateway.state.down = false
  await bench.gateway.until(() => runs.every(({ end }) => end))
  expect(runs.map(({ reports }) => reports)).toEqual([1, 1, 1])
})

test('the worker tells of itself each second, asks one thing at a time, and clears up', async () => {
  const message = await new Promise<string>((resolve) => {
    bench.connection.subscribe('telemetry.worker-local', { max: 1, callback: (_, m) => resolve(m.string()) })
  })
  expect(JSON.parse(message)).toMatchObject({ workerId: 'worker-local', samples: [{}, {}] })
  expect(bench.gateway.state.mostClaiming).toBe(1)
  expect(bench.gateway.state.jobs.every((job) => job.runs.length === 1 && job.runs[0]?.reports === 1)).toBe(true)
  expect(await worker.stop()).toBe(0)
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
