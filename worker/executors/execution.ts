// What the shim needs of a command that runs, whatever runs it.
import type { Readable } from 'node:stream'
import type { RunOutcome } from '../generated/documents.ts'

/** How a command ended. */
export interface Exit {
  /** One of these two is null; both are where nobody can tell. */
  exitCode: number | null
  signal: string | null
  /** What it ended of, where the executor knows more than that. */
  because: { outcome: RunOutcome; sentence: string } | null
}

/** A command that runs. */
export interface Execution {
  /** Its process on this machine, or else its container, or its Job in a cluster: what is left to find it by when the shim is gone. */
  place: { pid: number } | { container: string }
  stdout: Readable
  stderr: Readable
  /** The end of the command itself; what it started may live on. */
  exited: Promise<Exit>
  /** How many processes of it live, as far as can be told. */
  living(): number
  /** Sends a signal to those of its processes that have a use for it. False where there are none. */
  warn(signal: NodeJS.Signals): boolean
  /** Asks all of it to end; what has not within so many milliseconds will be killed. */
  terminate(withinMs: number): void
  /** Ends all of it, and returns when nothing is left. */
  kill(): Promise<void>
}

/** The command cannot be started, now or later. The message says why, for whoever submitted it. */
export class CannotStart extends Error {}
