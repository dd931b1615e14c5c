// Samples of the whole fleet as they come: kept in rings, and told of at most once per frame.
import type { Accessor } from 'solid-js'
import type { SampleFragment } from '../generated/documents.ts'
import { createFrameSignal } from '../shared/frame.ts'
import { followSamples, type Wanted } from './follow-samples.ts'
import { createRing, push, type Ring } from './ring.ts'

export interface FleetTelemetry {
  /** Grows at most once per frame, when samples came: whoever paints reads it. */
  frame: Accessor<number>
  /** The last minute of a GPU as it is now; whoever is to follow it reads `frame` too. */
  ring: (gpuId: string) => Ring | undefined
  /** Enters a sample that came by another way. */
  enter: (sample: SampleFragment) => void
}

/** Listens until the owner is disposed of. */
export function createFleetTelemetry(wanted: Accessor<Wanted>): FleetTelemetry {
  const rings = new Map<string, Ring>()
  const [frame, changed] = createFrameSignal()

  const enter = (sample: SampleFragment) => {
    let ring = rings.get(sample.gpuId)
    if (!ring) {
      ring = createRing()
      rings.set(sample.gpuId, ring)
    }
    if (push(ring, sample)) changed()
  }
  followSamples(wanted, (samples) => samples.forEach(enter))
  return { frame, enter, ring: (gpuId) => rings.get(gpuId) }
}
