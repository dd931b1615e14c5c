// What runs commands elsewhere than as a process of the shim's: each way loads what it needs for itself.
import type { RunSpec } from '../shim/files.ts'
import type { Execution } from './execution.ts'

export interface Outside {
  /**
   * Starts the command. `say` tells of it in the run's log, `stop` gives it up, and then nothing of it is left.
   * @throws CannotStart
   */
  start(spec: RunSpec, say: (sentence: string) => void, stop: AbortSignal): Promise<Execution>
  /** Ends what is left of a run whose shim is gone, and returns when that is certain. */
  clear(spec: RunSpec): Promise<void>
}

/** Undefined for a process. */
export function outsideOf(spec: Pick<RunSpec, 'docker' | 'kubernetes'>): Outside | undefined {
  if (spec.kubernetes) return IN_CLUSTER
  if (spec.docker) return IN_DOCKER
  return undefined
}

const IN_DOCKER: Outside = {
  start: async (...run) => (await import('./docker/start.ts')).startContainer(...run),
  clear: async ({ runId, docker }) => {
    if (docker) await (await import('./docker/remove.ts')).removeContainersOf(runId, docker.socket)
  },
}

const IN_CLUSTER: Outside = {
  start: async (...run) => (await import('./kubernetes/start.ts')).startJob(...run),
  clear: async ({ runId, kubernetes }) => {
    if (kubernetes) await (await import('./kubernetes/remove.ts')).removeJobsOf(runId, kubernetes)
  },
}
