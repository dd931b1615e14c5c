import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, startBench, textOf } from '../testing/bench.ts'
import type { FakeJob } from '../testing/fake-gateway.ts'

let bench: Bench

beforeAll(async () => {
  // Shorter than the warnings: a lease must be renewed meanwhile.
  bench = await startBench({ leaseMs: 3_000 })
  bench.startWorker()
  await bench.gateway.until(() => bench.gateway.state.registrations.length)
})
afterAll(() => bench.stop())

/** It notes what it gets, and ends by SIGTERM alone. */
const NOTES = `trap 'echo warned' USR1; trap 'echo asked; exit 3' TERM; echo on; while :; do sleep 0.02; done`
const warning = { signal: 'SIGUSR1', seconds: 3 }

async function start(job: Partial<FakeJob>) {
  const submitted = bench.submit({ command: [NOTES], shell: true, ...job })
  return { job: submitted, run: await bench.started(submitted) }
}

async function endOf({ run }: Awaited<ReturnType<typeof start>>) {
  await bench.gateway.until(() => run.end)
  const log = await bench.logOf(run)
  const at = (text: string) => Date.parse(log.find((record) => record.text.includes(text))?.at ?? '')
  return { end: run.end, stdout: textOf(log, 'stdout'), system: textOf(log, 'system'), at }
}

test('a run that makes room is warned at once, and asked to end when its time is over', async () => {
  const started = await start({ warning })
  bench.preempt(started.job)
  const { end, stdout, system, at } = await endOf(started)
  expect(end).toMatchObject({
    outcome: 'PREEMPTED',
    exitCode: 3,
    reason: 'The run made room for a job of higher priority.',
  })
  expect(stdout).toBe('on\nwarned\nasked\n')
  expect(system).toContain('It will be ended in 3 s, and was sent SIGUSR1.\n')
  expect(at('asked') - at('warned')).toBeGreaterThan(2_700)
})

test('a run that wants no warning is asked to end at once', async () => {
  const started = await start({})
  bench.preempt(started.job)
  const { end, stdout, at } = await endOf(started)
  expect(end).toMatchObject({ outcome: 'PREEMPTED', exitCode: 3 })
  expect(stdout).toBe('on\nasked\n')
  expect(at('asked') - at('made room')).toBeLessThan(1_000)
})

test('a run that ends by itself when it is warned has made room', async () => {
  const saves = `trap 'echo saved; exit 0' USR1; echo on; while :; do sleep 0.02; done`
  const started = await start({ command: [saves], warning: { signal: 'SIGUSR1', seconds: 600 } })
  bench.preempt(started.job)
  expect(await endOf(started)).toMatchObject({ end: { outcome: 'PREEMPTED', exitCode: 0 }, stdout: 'on\nsaved\n' })
})

test('a run that is warned may still be cancelled, and waits no longer then', async () => {
  const started = await start({ warning: { signal: 'SIGUSR1', seconds: 600 } })
  bench.preempt(started.job)
  await bench.logOf(started.run, (log) => textOf(log, 'stdout').includes('warned'))
  bench.cancel(started.job)
  expect(await endOf(started)).toMatchObject({ end: { outcome: 'CANCELLED' }, stdout: 'on\nwarned\nasked\n' })
})

test('a run is warned before its time limit, and is not ended for that', async () => {
  const { end, stdout, system, at } = await endOf(await start({ warning, timeoutSeconds: 4 }))
  expect(end).toMatchObject({ outcome: 'TIMED_OUT', exitCode: 3 })
  expect(stdout).toBe('on\nwarned\nasked\n')
  expect(system).toContain('The run reaches its time limit in 3 s, and was sent SIGUSR1.\n')
  expect(at('asked') - at('warned')).toBeGreaterThan(2_700)
  const saves = `trap 'exit 5' USR1; echo on; while :; do sleep 0.02; done`
  const early = await endOf(await start({ command: [saves], warning, timeoutSeconds: 4 }))
  expect(early.end).toMatchObject({ outcome: 'EXITED', exitCode: 5 })
})

test('a process that would die of the warning is not sent it', async () => {
  const child = `trap 'echo warned; exit 0' USR1; echo on; while :; do sleep 0.02; done`
  const started = await start({ command: [`sh -c "$CHILD"; echo "after $?"`], env: { CHILD: child }, warning })
  bench.preempt(started.job)
  expect(await endOf(started)).toMatchObject({ stdout: 'on\nwarned\nafter 0\n' })
  const deaf = await start({ command: ['echo on; sleep 60'], warning: { signal: 'SIGUSR1', seconds: 1 } })
  bench.preempt(deaf.job)
  expect(await endOf(deaf)).toMatchObject({
    end: { outcome: 'PREEMPTED', signal: 'SIGTERM' },
    system: expect.stringContaining('in 1 s; none of its processes expects SIGUSR1.\n'),
  })
})
