// The shim: one small process per run, which outlives its worker. It runs the command, keeps the
// log, sees to it that everything the command started has ended, and leaves a note of how. Its input is
// the run's directory, which may come long after its start; `files.ts` has what lies there.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { CannotStart, type Execution } from '../executors/execution.ts'
import { outsideOf } from '../executors/outside.ts'
import { startProcess } from '../executors/process.ts'
import { bootId, identify } from '../executors/process-tree.ts'
import { behindLines, type EarlierLog, NO_LOG, takeUpLog } from './earlier-log.ts'
import { type Ender, watchOver } from './ending.ts'
import {
  type Deadline,
  type RunExit,
  type RunFiles,
  type RunSpec,
  readJson,
  runFiles,
  type ShimState,
  writeJson,
} from './files.ts'
import { applyLimits, tightenLimits } from './limits.ts'
import { openLog, type RunLog } from './log.ts'
import { mask } from './mask.ts'
import { dissolveGroups, enterOwnGroups } from './own-groups.ts'
import { makeScratch } from './scratch.ts'
import { secretsOf, withoutSecrets } from './secrets.ts'
import { type NotStarted, type StartWatch, watchStart } from './starting.ts'

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
  await dissolveGroups(cgroups)
  process.exit(0)
}
process.title = `constellation-shim ${basename(directory)}`
await runOnce(runFiles(directory))

async function runOnce(files: RunFiles): Promise<void> {
  const spec = await need<RunSpec>(files.spec)
  const secrets = secretsOf(spec)
  if (secrets.length > 0) await writeJson(files.spec, withoutSecrets(spec))
  const earlier = spec.takesUp ? await takeUpLog(files.output) : NO_LOG
  const log = openLog(files.output, spec, secrets, earlier)
  await writeState(files, null)
  const exit = { ...(await run(spec, files, log, earlier)), endedAt: new Date().toISOString() }
  await dissolveGroups(cgroups)
  const reason = exit.reason && mask(secrets, exit.reason)
  await writeJson(files.exit, { ...exit, reason, ...(await log.close()) } satisfies RunExit)
  process.exit(0)
}

type Ended = Omit<RunExit, 'logChunks' | 'lostBytes' | 'endedAt'>

async function run(spec: RunSpec, files: RunFiles, log: RunLog, earlier: EarlierLog): Promise<Ended> {
  const lease = await need<Deadline>(files.deadline)
  const watch = await watchStart(files, lease)
  const execution = await tryToStart(spec, log, watch)
  watch.close()
  if ('reason' in execution) {
    log.say(execution.reason)
    return { ...execution, exitCode: null, signal: null }
  }
  log.follow('stdout', spec.takesUp ? execution.stdout.pipe(behindLines(earlier.stdoutLines)) : execution.stdout)
  log.follow('stderr', execution.stderr)
  const ender = watchOver(execution, spec, files, lease, log.say)
  await writeState(files, execution.place)
  return seeOut(execution, ender, log)
}

/** The running command, or why there is none. */
async function tryToStart(spec: RunSpec, log: RunLog, watch: StartWatch): Promise<Execution | NotStarted> {
  const early = watch.early()
  if (early) return early
  try {
    const outside = outsideOf(spec)
    if (outside) return await outside.start(spec, log.say, watch.stop)
    for (const sentence of applyLimits(spec, cgroups)) log.say(sentence)
    const scratch = await makeScratch(spec)
    const execution = await startProcess({ ...spec, workingDirectory: spec.workingDirectory ?? scratch, cgroups })
    tightenLimits(spec, cgroups)
    return execution
  } catch (error) {
    const stopped = watch.early()
    if (stopped) return stopped
    if (error instanceof CannotStart) return { outcome: 'NOT_STARTED', reason: error.message }
    return { outcome: 'RELEASED', reason: `The worker could not start the command: ${explain(error)}` }
  }
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
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
