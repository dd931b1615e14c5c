// A process that this one started or found: how to wait for its end, and how to end it.
import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { commandLine, processIdentity } from '../setup/process-identity.mjs'

/** How a process ended. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A part of the stack that runs as a process of its own. */
export interface Running {
  readonly pid: number
  /** Resolves at the process's end; never rejects. */
  readonly exited: Promise<Exit>
  /** Ends the process in order, and by force when it takes too long. Resolves once it is gone. */
  stop(): Promise<void>
  /** Cuts a stop short. */
  hurry(): void
  /** The last lines it wrote, for a report of its failure. */
  lastLines(): string[]
}

/** One signal of a stop, and how long it may take to work, in milliseconds. */
export interface Nudge {
  signal: NodeJS.Signals
  limitMs: number
}

/** How often to look whether a process that is not a child of ours is gone, in milliseconds. */
const POLL_MS = 20

/** Resolves at the child's end. A child that could not be started counts as ended with code 127. */
export function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', () => child.pid === undefined && resolve({ code: 127, signal: null }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

/** `code 1` or `signal SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `code ${code}`
}

/** Sends one signal after the other until the child ends; SIGKILL is the last. */
export async function endChild(child: ChildProcess, exited: Promise<Exit>, nudges: readonly Nudge[]): Promise<void> {
  for (const { signal, limitMs } of nudges) {
    // Unlike process.kill, this does nothing once the child has ended and its number may be another's.
    child.kill(signal)
    if (await endsWithin(exited, limitMs)) return
  }
  child.kill('SIGKILL')
  await exited
}

/**
 * The same for a process that is not our child. `identity` is what `processIdentity` said of it, so that a
 * process which got its number later is left alone.
 */
export async function endStranger(pid: number, identity: string, nudges: readonly Nudge[]): Promise<void> {
  for (const { signal, limitMs } of [...nudges, { signal: 'SIGKILL', limitMs: 5_000 } as const]) {
    if (processIdentity(pid) !== identity) return
    signalProcess(pid, signal)
    const deadline = Date.now() + limitMs
    while (processIdentity(pid) === identity && Date.now() < deadline) await delay(POLL_MS)
  }
  if (processIdentity(pid) === identity) throw new Error(`Process ${pid}, left by an earlier stack, cannot be ended.`)
}

/**
 * Ends a server that a stack which was killed has left, by the number that it wrote down: where the process of that number
 * is `program` and runs on `file`, and no other one that now has it.
 */
export async function endLeftover(
  { pid, name, program = name, file }: { pid: number; name: string; program?: string; file: string },
  nudges: readonly Nudge[],
  log: (line: string) => void,
): Promise<void> {
  if (!Number.isInteger(pid) || pid <= 0) return
  const identity = processIdentity(pid)
  const command = commandLine(pid)
  if (!identity || !command?.includes(program) || !command.includes(file)) return
  log(`Stopping the ${name} that an earlier stack left running (process ${pid}).`)
  await endStranger(pid, identity, nudges)
}

/** Sends a signal; a process that is gone is as good as one that obeyed. */
function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function endsWithin(exited: Promise<Exit>, limitMs: number): Promise<boolean> {
  const timer = new AbortController()
  const late = delay(limitMs, false, { signal: timer.signal, ref: false }).catch(() => false)
  const ended = await Promise.race([exited.then(() => true), late])
  timer.abort()
  return ended
}
