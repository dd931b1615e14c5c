// By what a run's Job and its pod are known, to whoever comes after the shim that made them.
import { createHash } from 'node:crypto'
import type { KubernetesSettings, RunSpec } from '../../shim/files.ts'

export const RUN = 'constellation.dev/run'
export const EPOCH = 'constellation.dev/epoch'
export const HOME = 'constellation.dev/home'
/** Changed again and again while somebody keeps the run: `keeper/main.ts` watches it. */
export const KEPT = 'constellation.dev/kept'

/** The pod's container that runs the command. */
export const COMMAND = 'run'

type Labelled = Pick<RunSpec, 'runId' | 'jobId' | 'epoch'>

/** A label takes what a name takes; of a worker's id it is enough that it differs from others. */
export function homeOf(workerId: string): string {
  return createHash('sha256').update(workerId).digest('hex').slice(0, 16)
}

/** With the epoch, so that two copies of a run are two Jobs, and one copy cannot be made twice. */
export function nameOf({ runId, epoch }: Pick<Labelled, 'runId' | 'epoch'>): string {
  return `run-${runId}-${epoch}`
}

export function labelsOf({ runId, epoch }: Labelled, { home }: Pick<KubernetesSettings, 'home'>) {
  return {
    'app.kubernetes.io/name': 'constellation-run',
    'app.kubernetes.io/managed-by': 'constellation',
    [RUN]: runId,
    [EPOCH]: String(epoch),
    [HOME]: home,
  }
}

/** A job's id may be longer than a label. */
export function annotationsOf({ jobId }: Labelled): Record<string, string> {
  return { 'constellation.dev/job': jobId }
}

/** Selectors for the API server's lists. */
export const ofRun = (runId: string) => `${RUN}=${runId}`
export const ofEpoch = ({ runId, epoch }: Pick<Labelled, 'runId' | 'epoch'>) => `${RUN}=${runId},${EPOCH}=${epoch}`
export const ofHome = (home: string) => `${HOME}=${home}`
