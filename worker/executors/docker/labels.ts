// By what a run's container is known, to whoever comes after the shim that made it.
import type { DockerSettings, RunSpec } from '../../shim/files.ts'

const RUN = 'constellation.run'
const HOME = 'constellation.home'

export function labelsOf(spec: Pick<RunSpec, 'runId' | 'jobId' | 'epoch'>, docker: Pick<DockerSettings, 'home'>) {
  return {
    [RUN]: spec.runId,
    'constellation.job': spec.jobId,
    'constellation.epoch': String(spec.epoch),
    // Several workers may share a daemon; each clears away its own containers alone.
    [HOME]: docker.home,
  }
}

/** Filters for the daemon's list. */
export const ofRun = (runId: string) => ({ label: [`${RUN}=${runId}`] })
export const ofHome = (home: string) => ({ label: [`${HOME}=${home}`] })

export function runOf(labels: Readonly<Record<string, string>>): string | undefined {
  return labels[RUN]
}
