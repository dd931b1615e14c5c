// The last minute of a GPU's samples, in arrays that are written over and over: no sample leaves anything to collect.
import type { SampleFragment } from '../generated/documents.ts'
import { METER, METERS, type MeterName } from './meters.ts'

/** As many samples as a minute has seconds. */
export const SLOTS = 60

/** What is older is not drawn, in milliseconds. */
export const SPAN_MS = 60_000

/** Of a GPU that was silent for so long nothing is known, in milliseconds: as the server has it. */
const SILENT_MS = 30_000

export interface Ring {
  /** In milliseconds since 1970. */
  times: Float64Array
  /** NaN where it was not known. */
  values: Record<MeterName, Float32Array>
  /** How many samples came in all: the next one goes to this slot, counted round. */
  taken: number
  last: SampleFragment | undefined
  /** When that came, by the clock of this machine, in milliseconds since 1970: other clocks may be minutes apart. */
  heardAt: number
}

export function createRing(): Ring {
  const column = () => new Float32Array(SLOTS)
  return {
    times: new Float64Array(SLOTS),
    values: { utilisation: column(), memory: column(), power: column(), temperature: column() },
    taken: 0,
    last: undefined,
    heardAt: 0,
  }
}

/** Writes the sample over the oldest one. False, and nothing is written, where it is not newer than the last. */
export function push(ring: Ring, sample: SampleFragment): boolean {
  const at = Date.parse(sample.at)
  if (ring.taken > 0 && !(at > (ring.times[(ring.taken - 1) % SLOTS] ?? 0))) return false
  const slot = ring.taken % SLOTS
  ring.times[slot] = at
  for (const name of METERS) ring.values[name][slot] = METER[name].value(sample) ?? Number.NaN
  ring.taken += 1
  ring.last = sample
  ring.heardAt = Date.now()
  return true
}

/** The last sample of a GPU, as long as that tells what it does now (`now` in milliseconds since 1970). */
export function lastOf(ring: Ring | undefined, now: number): SampleFragment | undefined {
  return ring && now - ring.heardAt < SILENT_MS ? ring.last : undefined
}

/** Visits the samples of the last minute, oldest first: each with its age in milliseconds, counted from the newest. */
export function eachOf(ring: Ring, name: MeterName, visit: (ageMs: number, value: number) => void): void {
  const first = Math.max(0, ring.taken - SLOTS)
  const newest = ring.times[(ring.taken - 1 + SLOTS) % SLOTS] ?? 0
  for (let index = first; index < ring.taken; index++) {
    const slot = index % SLOTS
    const ageMs = newest - (ring.times[slot] ?? 0)
    if (ageMs <= SPAN_MS) visit(ageMs, ring.values[name][slot] ?? Number.NaN)
  }
}
