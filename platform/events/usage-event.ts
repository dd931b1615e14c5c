// What the usage service enters in the ledger.
import * as v from 'valibot'
import { common } from './event.ts'

/** A run was entered in the ledger. `gpuMicroseconds` is the run's, over all of its GPUs. */
export const usageEvent = v.object({
  ...common,
  type: v.literal('usage.recorded'),
  jobId: v.string(),
  runId: v.string(),
  account: v.string(),
  user: v.string(),
  gpuMicroseconds: v.number(),
})
export type UsageEvent = v.InferOutput<typeof usageEvent>
