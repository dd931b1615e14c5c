// The shim: one small process per run, which outlives its worker. It runs the command, keeps the
// log, sees to it that everything the command started has ended, and leaves a note of how. Its input is
// the run's directory, which may come long after its start; `files.ts` has what lies there.
import { readFileSync } from 'node:fs'
import { chown, mkdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { uptimeMs } from '../clock.ts'
import { type Cgroup, enterGroups, leaveGroups, removeGroups } from '../executors/cgroup.ts'
import { CannotStart, type Execution } from '../executors/execution.ts'
import { startProcess } from '../executors/process.ts'
import { bootId, identify } from '../executors/process-tree.ts'
import { type Ender, watchOver } from './ending.ts'
import {
  type Deadline,
  type Order,
  type RunExit,
  type RunFiles,
  type RunSpec,
  readJson,
  runFiles,
  type ShimState,
  writeJson,
} from './files.ts'
import { applyLimits } from './limits.ts'
import { openLog, type RunLog } from './log.ts'
import { mask } from './mask.ts'
import { secretsOf, withoutSecrets } from './secrets.ts'

/** How long a pipe may stay silent, after the command's end, before what still holds it is given up. */
const DRAIN_MS = 250

/** Until the command runs there is nothing to end: a SIGTERM that comes early is found as an order. */
const ignore = () => undefined
process.on('SIGTERM', ignore)
process.on('SIGINT', ignore)
process.on('SIGHUP', ignore)

const cgroups = enterOwnGroups(process.argv[2])
// Waits without a turn of the event loop: until there is a run there is nothing else to do.
const directory = readFileSync(0, 'utf8')
// The worker has ended, or has no use for a shim any more.
if (directory === '') {
  await leaveForGood()
  process.exit(0)
}
process.title = `constellation-shim ${basename(directory)}`
await runOnce(runFiles(directory))

async function runOnce(files: RunFiles): Promise<void> {
  const spec = await need<RunSpec>(files.spec)
  const secrets = secretsOf(spec)
  if (secrets.length > 0) await writeJson(files.spec, withoutSecrets(spec))
  const log = openLog(files.output, spec, secrets)
  await writeState(files, null)
  const exit = { ...(await run(spec, files, log)), endedAt: new Date().toISOString() }
  await leaveForGood()
  const reason = exit.reason && mask(secrets, exit.reason)
  await writeJson(files.exit, { ...exit, reason, ...(await log.close()) } satisfies RunExit)
  process.exit(0)
}

type Ended = Omit<RunExit, 'logChunks' | 'lostBytes' | 'endedAt'>

async function run(spec: RunSpec, files: RunFiles, log: RunLog): Promise<Ended> {
  const lease = await need<Deadline>(files.deadline)
  const early = await reasonNotToStart(files, lease)
  if (early) return refuse(early.outcome, early.reason, log)
  let execution: Execution
  try {
    for (const sentence of applyLimits(spec, cgroups)) log.say(sentence)
    const scratch = await makeScratch(spec)
    execution = await startProcess({ ...spec, workingDirectory: spec.workingDirectory ?? scratch, cgroups })
  } catch (error) {
    if (error instanceof CannotStart) return refuse('NOT_STARTED', error.message, log)
    return refuse('RELEASED', `The worker could not start the command: ${String(error)}`, log)
  }
  log.follow('stdout', execution.stdout)
  log.follow('stderr', execution.stderr)
  const ender = watchOver(execution, spec, files, lease, log.say)
  await writeState(files, execution.place)
  return seeOut(execution, ender, log)
}

/** Waits for the end of the command, then of all that it started. */
async function seeOut(execution: Execution, ender: Ender, log: RunLog): Promise<Ended> {
  const { because, ...exit } = await execution.exited
  // What is asked for from here on comes too late to be the reason.
  const asked = ender.reason()
  const reason = asked ?? because
  await log.drained(DRAIN_MS)
  const left = execution.living()
  if (left > 0 && !reason) log.say(`The command has ended; what it left behind (processes: ${left}) is ended too.`)
  await ender.sweep()
  await log.drained(DRAIN_MS)
  if (because && !asked) log.say(because.sentence)
  ender.close()
  return { ...exit, outcome: reason?.outcome ?? 'EXITED', reason: reason?.sentence ?? null }
}

/**
 * A worker that starts and finds a run with no state leaves an order before it gives the run back.
 * The state is written before the order is looked for, so one of the two sees the other.
 */
async function reasonNotToStart(
  files: RunFiles,
  lease: Deadline,
): Promise<{ outcome: RunExit['outcome']; reason: string } | undefined> {
  const order = await readJson<Order>(files.order)
  if (order?.why === 'cancel') return { outcome: 'CANCELLED', reason: 'The run was cancelled before it started.' }
  if (order) return { outcome: 'RELEASED', reason: 'The worker stopped before the run started.' }
  if (uptimeMs() >= lease.warnAt) return { outcome: 'RELEASED', reason: 'The lease was over before the run started.' }
  return undefined
}

function refuse(outcome: RunExit['outcome'], reason: string, log: RunLog): Ended {
  log.say(reason)
  return { outcome, reason, exitCode: null, signal: null }
}

async function makeScratch({ scratch, user }: RunSpec): Promise<string> {
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  if (user) await chown(scratch, user.uid, user.gid)
  return scratch
}

/** This process is in the groups before there is a run: entering can take longer than starting the command. */
function enterOwnGroups(given: string | undefined): Cgroup[] {
  const groups: Cgroup[] = given === undefined ? [] : JSON.parse(given)
  try {
    enterGroups(groups)
    return groups
  } catch {
    // It may not: then it does without.
    return []
  }
}

async function leaveForGood(): Promise<void> {
  leaveGroups(cgroups)
  await removeGroups(cgroups)
}

/** `child` may have ended already: then the exit file, which comes soon, tells the rest. */
async function writeState(files: RunFiles, place: Execution['place'] | null): Promise<void> {
  const shim = identify(process.pid)
  if (!shim) throw new Error('A living process was not found in the list of processes.')
  const child = place && 'pid' in place ? (identify(place.pid) ?? { ...place, startedAt: '' }) : null
  const container = place && 'container' in place ? place.container : null
  await writeJson(files.state, { bootId: bootId(), shim, child, container, cgroups } satisfies ShimState)
}

async function need<T>(path: string): Promise<T> {
  const value = await readJson<T>(path)
  if (value === undefined) throw new Error(`${path} is missing.`)
  return value
}
