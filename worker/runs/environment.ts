// The environment of a command. Nothing is inherited but what is named.
import type { ChosenUser } from '../run-as.ts'
import type { RunSpec } from '../shim/files.ts'

/** Of what is inherited, what is the worker's user's own. */
const PERSONAL = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR']

/**
 * `inherited` is the allowed part of the worker's own environment, `given` the job's. What the worker
 * says of the run and its GPUs comes last, so that a job cannot name GPUs that it was not given.
 */
export function commandEnvironment(
  inherited: Record<string, string>,
  given: Record<string, string>,
  run: Pick<RunSpec, 'runId' | 'jobId' | 'attempt' | 'gpuUuids' | 'scratch'>,
  chosen: ChosenUser | undefined,
): Record<string, string> {
  return {
    ...(chosen ? { ...without(PERSONAL, inherited), HOME: run.scratch, ...chosen.environment } : inherited),
    ...given,
    // Empty means none; without the variable, CUDA would use every GPU.
    CUDA_VISIBLE_DEVICES: run.gpuUuids.join(','),
    CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
    CONSTELLATION_JOB_ID: run.jobId,
    CONSTELLATION_RUN_ID: run.runId,
    CONSTELLATION_ATTEMPT: String(run.attempt),
  }
}

function without(names: readonly string[], variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)))
}
