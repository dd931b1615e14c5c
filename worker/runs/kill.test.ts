import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { removeTree } from '../executors/cgroup.ts'
import { findHierarchies } from '../executors/cgroup-home.ts'
import type { ShimState } from '../shim/files.ts'
import { type Bench, startBench, type TestWorker, textOf } from '../testing/bench.ts'
import type { FakeJob, FakeRun } from '../testing/fake-gateway.ts'

const IS_ROOT = process.getuid?.() === 0
/** Somebody who owns nothing here. */
const USER = 64_123
const AS_USER = ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups']

interface Setting {
  name: string
  possible: boolean
  env: Record<string, string>
  /** How it is started, given a group of its own to make: as `Delegate=` of systemd does it. */
  by?: (delegate: () => string) => string[]
}

/** What a worker may be given to find what a run has started; each must do without the others. */
const SETTINGS: Setting[] = [
  { name: 'by descent alone, as the one who tests', possible: true, env: { WORKER_CGROUP: 'none' } },
  { name: 'in groups of processes, as root', possible: IS_ROOT && mountOfV2() !== undefined, env: {} },
  {
    name: 'as a user of each run’s own',
    possible: IS_ROOT,
    env: { WORKER_CGROUP: 'none', RUN_AS: '2000000000-2000000999' },
  },
  {
    name: 'by descent alone, as an ordinary user',
    possible: IS_ROOT,
    env: { WORKER_CGROUP: 'none' },
    by: () => AS_USER,
  },
  {
    name: 'in groups that were delegated to an ordinary user',
    possible: IS_ROOT && mountOfV2() !== undefined,
    env: {},
    by: (delegate) => ['sh', '-c', 'echo $$ >"$0"/cgroup.procs && exec "$@"', delegate(), ...AS_USER],
  },
]

/** One in the group, one in a session of its own, and a daemon that was forked twice and knows nothing; all refuse SIGTERM. */
const STUBBORN = `trap '' TERM; echo $$; while :; do sleep 0.2; done`
const TREE = `
  sh -c "$STUBBORN" & setsid sh -c "$STUBBORN" &
  (setsid sh -c "env -i sh -c \\"\\$STUBBORN\\" &" &)
  eval "$STUBBORN"`
const JOB: Partial<FakeJob> & { command: string[] } = { command: [TREE], shell: true, env: { STUBBORN } }

/** The tests of a setting share its worker. */
const IN_TURN = { concurrent: false }

/** Mostly they wait: one setting beside the other, each with a worker of its own, takes a third of the time. */
describe.concurrent.each(SETTINGS.filter(({ possible }) => possible))('$name', ({ env, by }) => {
  let bench: Bench
  let worker: TestWorker | undefined
  const delegated: string[] = []

  beforeAll(async () => {
    bench = await startBench({ leaseMs: 3_000 })
    if (by) for (const path of [bench.home, join(bench.home, 'token')]) chownSync(path, USER, USER)
  })
  const startWorker = () =>
    bench.startWorker(
      env,
      by?.(() => {
        const directory = delegatedGroup()
        delegated.push(directory)
        return directory
      }),
    )
  beforeEach(() => {
    worker ??= startWorker()
  })
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') console.error(bench.outputs())
  })
  afterAll(async () => {
    await bench.stop()
    worker = undefined
    for (const directory of delegated.splice(0)) await removeGroup(directory)
  })
  const killWorker = async () => {
    await worker?.kill()
    worker = undefined
  }

  test('nothing survives being cancelled', IN_TURN, async () => {
    const { job, run, pids } = await growTree(bench, JOB)
    bench.cancel(job)
    await bench.gateway.until(() => run.end)
    expect(run.end).toMatchObject({ outcome: 'CANCELLED', exitCode: null, signal: 'SIGKILL' })
    expect(pids.filter(isRunning)).toEqual([])
  })

  test('nothing survives the time limit', IN_TURN, async () => {
    const { run, pids } = await growTree(bench, { ...JOB, timeoutSeconds: 1 })
    await bench.gateway.until(() => run.end)
    expect(run.end).toMatchObject({ outcome: 'TIMED_OUT', exitCode: null, signal: 'SIGKILL' })
    expect(pids.filter(isRunning)).toEqual([])
  })

  test('nothing survives a lease that is not renewed, with the worker gone', IN_TURN, async () => {
    const { run, pids } = await growTree(bench, JOB)
    await killWorker()
    await bench.untilFile(run, 'exit', () => true)
    expect(pids.filter(isRunning)).toEqual([])
  })

  test('nothing survives a shim that was killed', IN_TURN, async () => {
    const { run, pids } = await growTree(bench, JOB)
    await killShim(bench, run)
    await bench.gateway.until(() => run.end)
    expect(run.end).toMatchObject({ outcome: 'RELEASED' })
    expect(pids.filter(isRunning)).toEqual([])
    await noZombies(worker?.process.pid)
  })

  // Otherwise the daemon of the tree, which knows nothing and is nobody's child, is not found.
  test.runIf(env.RUN_AS !== undefined || env.WORKER_CGROUP === undefined)(
    'nothing survives a shim and a worker that were both killed, once there is a worker again',
    IN_TURN,
    async () => {
      const { run, pids } = await growTree(bench, JOB)
      await killWorker()
      await killShim(bench, run)
      worker = startWorker()
      await bench.gateway.until(() => run.end)
      expect(pids.filter(isRunning)).toEqual([])
    },
  )
})

async function growTree(bench: Bench, job: Partial<FakeJob> & { command: string[] }) {
  const submitted = bench.submit(job)
  const run = await bench.gateway.until(() => submitted.runs[0]?.started && submitted.runs[0])
  const pidsIn = (log: LogRecord[]) => textOf(log, 'stdout').split('\n').slice(0, -1).map(Number)
  const pids = pidsIn(await bench.logOf(run, (log) => pidsIn(log).length === 4))
  expect(pids.filter(isRunning)).toHaveLength(4)
  return { job: submitted, run, pids }
}

async function killShim(bench: Bench, run: FakeRun): Promise<void> {
  const { shim } = await bench.untilFile<ShimState>(run, 'state', ({ child }) => child !== null)
  process.kill(shim.pid, 'SIGKILL')
}

async function noZombies(pid: number | undefined): Promise<void> {
  await vi.waitFor(() => {
    const states = execFileSync('ps', ['-o', 'stat=', '--ppid', String(pid)], { encoding: 'utf8' })
    expect(states).not.toContain('Z')
  })
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

function mountOfV2(): string | undefined {
  if (process.platform !== 'linux') return undefined
  const read = (name: string) => readFileSync(`/proc/self/${name}`, 'utf8')
  const { mount, own } = findHierarchies(read('mountinfo'), read('cgroup')).find(({ version }) => version === 2) ?? {}
  return mount === undefined || own === undefined ? undefined : join(mount, own)
}

function delegatedGroup(): string {
  const directory = join(mountOfV2() ?? '', `delegated-${randomUUID()}`)
  mkdirSync(directory)
  for (const name of ['', 'cgroup.procs', 'cgroup.subtree_control']) chownSync(join(directory, name), USER, USER)
  return directory
}

async function removeGroup(directory: string): Promise<void> {
  writeFileSync(join(directory, 'cgroup.kill'), '1')
  await vi.waitFor(() => expect(removeTree(directory)).toBe(true))
}
