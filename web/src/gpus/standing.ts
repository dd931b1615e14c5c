// How GPUs stand, sorted and counted.
import type { GpuCardFragment, GpuState } from '../generated/documents.ts'

/** What the page can show of all GPUs. */
export const PLACES = ['free', 'busy', 'out'] as const
export type Place = (typeof PLACES)[number]

type Standing = Pick<GpuCardFragment, 'state' | 'inUse'>

/** A GPU that lets its last run end is out of service: it takes no other. */
export function placeOf(gpu: Standing): Place {
  if (gpu.state !== 'AVAILABLE') return 'out'
  return gpu.inUse ? 'busy' : 'free'
}

/** The place that an address names; undefined for all. */
export function placeFromAddress(text: string | undefined): Place | undefined {
  return PLACES.find((each) => each === text)
}

export interface Counts {
  all: number
  free: number
  busy: number
  out: number
  /** Of those out of service, how many are in each state; states in which none is are left out. */
  states: [Exclude<GpuState, 'AVAILABLE'>, number][]
}

/** The worst first, as the graph has it. */
const OUT_STATES = ['MISSING', 'UNREACHABLE', 'UNHEALTHY', 'DRAINING', 'CORDONED', 'OCCUPIED'] as const

export function countGpus(gpus: readonly Standing[]): Counts {
  const inPlace = (place: Place) => gpus.filter((gpu) => placeOf(gpu) === place).length
  const states = OUT_STATES.map((state): Counts['states'][number] => [
    state,
    gpus.filter((gpu) => gpu.state === state).length,
  ])
  return {
    all: gpus.length,
    free: inPlace('free'),
    busy: inPlace('busy'),
    out: inPlace('out'),
    states: states.filter(([, count]) => count > 0),
  }
}

export interface SliceGroup {
  parentUuid: string
  /** The ids of its slices. */
  ids: string[]
}

/** The GPUs in MIG mode, in the order in which their first slices come, each with its slices. */
export function sliceGroups(gpus: readonly Pick<GpuCardFragment, 'id' | 'mig'>[]): SliceGroup[] {
  const groups = new Map<string, string[]>()
  for (const { id, mig } of gpus) {
    if (mig !== null) groups.set(mig.parentUuid, [...(groups.get(mig.parentUuid) ?? []), id])
  }
  return [...groups].map(([parentUuid, ids]) => ({ parentUuid, ids }))
}
