// What happens to a GPU, as the gpus service tells it.
import * as v from 'valibot'
import { common } from './event.ts'

/** What happens to a GPU: `gpu` is how it was then. */
export const gpuEvent = v.object({
  ...common,
  type: v.picklist([
    'gpu.registered',
    'gpu.missing',
    /** By an operator, or when a drain has come to its end. */
    'gpu.cordoned',
    'gpu.draining',
    'gpu.returned',
    'gpu.labelled',
    /** Its faults are such that its run was ended. */
    'gpu.failed',
    /** Its faults are such that it gets no other run. */
    'gpu.suspect',
    /** The causes are gone. */
    'gpu.recovered',
    /** Something was noted that changes nothing. */
    'gpu.noted',
  ]),
  /** In a sentence, where there is something to say. */
  reason: v.nullish(v.string()),
  gpu: v.object({
    id: v.string(),
    uuid: v.string(),
    name: v.string(),
    totalMemoryMb: v.number(),
    /** Such as `8.0`. Absent in events of earlier versions. */
    computeCapability: v.nullish(v.string()),
    simulated: v.boolean(),
    workerId: v.string(),
    /** Whether its worker finds it, and whether it may be given runs: true where an earlier version does not say. */
    present: v.optional(v.boolean()),
    inService: v.optional(v.boolean()),
    /** In a sentence, why it is not in service. */
    whyNot: v.nullish(v.string()),
  }),
})
export type GpuEvent = v.InferOutput<typeof gpuEvent>
export type GpuEventType = GpuEvent['type']
