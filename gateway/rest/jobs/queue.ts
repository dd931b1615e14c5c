// What REST tells of the queue: why a job waits, and whether one could run.
import type { RestCheckJobQuery, RestQueueFragment, WaitReason } from '../generated/documents.ts'
import type { Shape } from '../operations.ts'

const REASONS: Readonly<Record<WaitReason, Shape['WaitReason']>> = {
  STARTING: 'starting',
  BEHIND_OTHERS: 'behind_others',
  BUSY: 'busy',
  RESERVED_FOR_OTHERS: 'reserved_for_others',
  GATHERING: 'gathering',
  PREEMPTING: 'preempting',
  QUOTA: 'quota',
  BUDGET: 'budget',
  DEPENDENCY: 'dependency',
  START_TIME: 'start_time',
  BACKOFF: 'backoff',
  NO_WORKER: 'no_worker',
  NO_SUCH_GPU: 'no_such_gpu',
  NOT_ENOUGH_GPUS: 'not_enough_gpus',
  OUT_OF_SERVICE: 'out_of_service',
  NO_SUCH_LABELS: 'no_such_labels',
  NO_CONTAINERS: 'no_containers',
}

export function toQueuePlace(place: NonNullable<RestQueueFragment['queue']>): Shape['QueuePlace'] {
  return { position: place.position, reason: REASONS[place.reason], message: place.message, eta: place.eta }
}

/** The check of an input that has no problems. */
export function toJobCheck({
  possible,
  reason,
  message,
  eta,
  workers,
}: RestCheckJobQuery['checkJob']): Shape['JobCheck'] {
  if (reason === null) throw new Error('The graph checked a job without a result.')
  return {
    possible,
    reason: REASONS[reason],
    message,
    eta,
    workers: workers.map((fit) => ({
      worker: fit.worker.id,
      possible: fit.possible,
      gpus_that_fit: fit.gpusThatFit,
      gpus_free: fit.gpusFree,
      reason: fit.reason,
    })),
  }
}
