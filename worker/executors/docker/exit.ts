// How a container ended, from what Docker says of it.
import type { Limits } from '../../shim/files.ts'
import type { Exit } from '../execution.ts'
import { endOfCode } from '../exit-code.ts'

/** What Docker says of a container that runs no more. */
interface FinalState {
  ExitCode: number
  OOMKilled: boolean
}

export interface ContainerEnd {
  /** Undefined where the container itself is gone. */
  state: FinalState | undefined
  /** True where the daemon was away meanwhile: it may have taken the container with it. */
  daemonWasAway: boolean
  /** All of stderr if that was little, else nothing. */
  littleStderr: string
}

const DAEMON_AWAY = 'Docker’s daemon went away, and the container with it.'
const NEITHER = { exitCode: null, signal: null }

export function exitOf({ state, daemonWasAway, littleStderr }: ContainerEnd, limits: Limits): Exit {
  if (!state) {
    return {
      ...NEITHER,
      because: released(daemonWasAway ? DAEMON_AWAY : 'The container was removed by somebody else.'),
    }
  }
  const code = state.ExitCode
  const how = endOfCode(code)
  if (code === 0) return { ...how, because: null }
  if (state.OOMKilled) return { ...how, because: { outcome: 'OUT_OF_MEMORY', sentence: tooMuchMemory(limits) } }
  if (daemonWasAway) return { ...how, because: released(DAEMON_AWAY) }
  const fault = code === 126 || code === 127 ? initFault(littleStderr) : undefined
  if (fault !== undefined) return { ...NEITHER, because: { outcome: 'NOT_STARTED', sentence: fault } }
  return { ...how, because: null }
}

function released(sentence: string) {
  return { outcome: 'RELEASED', sentence } as const
}

function tooMuchMemory({ memoryMb }: Limits): string {
  return memoryMb === null
    ? 'The machine had no memory left, and the run was ended for that.'
    : `The run used more memory than its limit of ${memoryMb} MB.`
}

/** The container's init starts the command; where it cannot, this line of its is the only output there is. */
function initFault(stderr: string): string | undefined {
  const [, program, why] = /^\[FATAL tini \(\d+\)\] exec (.+) failed: (.+)\n$/.exec(stderr) ?? []
  return program && `The command ${program} cannot be started in the container: ${why}.`
}
