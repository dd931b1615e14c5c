// What happens to a worker, as the gpus service tells it.
import * as v from 'valibot'
import { common } from './event.ts'

/** What happens to a worker: it says who it is, and operators say whether it takes runs. */
export const workerEvent = v.object({
  ...common,
  type: v.picklist([
    'worker.registered',
    'worker.cordoned',
    'worker.draining',
    'worker.returned',
    /** It has not been heard of for a while, and is heard of again. */
    'worker.silent',
    'worker.back',
  ]),
  reason: v.nullish(v.string()),
  worker: v.object({
    id: v.string(),
    labels: v.record(v.string(), v.string()),
    executors: v.array(v.picklist(['process', 'docker'])),
    inService: v.optional(v.boolean()),
    whyNot: v.nullish(v.string()),
  }),
})
export type WorkerEvent = v.InferOutput<typeof workerEvent>
