// Which GPUs of the fleet are shown, and in what order: as the address says.
import type { GpuCardFragment } from '../generated/documents.ts'
import { METER, METERS, type MeterName } from './meters.ts'
import type { Ring } from './ring.ts'
import { type Place, placeFromAddress, placeOf } from './standing.ts'

/** By worker and index, or by a figure: of those to be looked at first. */
export const ORDERS = ['place', ...METERS] as const
export type Order = (typeof ORDERS)[number]

export interface FleetFilter {
  place: Place | undefined
  model: string | undefined
  /** The worker's id. */
  worker: string | undefined
  /** Who submitted the job that holds it. */
  holder: string | undefined
  order: Order
}

/** The filter that an address names; what it names and there is not, is left out. */
export function filterFromAddress(of: (name: string) => string | undefined): FleetFilter {
  return {
    place: placeFromAddress(of('show')),
    model: of('model') || undefined,
    worker: of('worker') || undefined,
    holder: of('holder') || undefined,
    order: ORDERS.find((each) => each === of('sort')) ?? 'place',
  }
}

/** Whether the GPU is shown. `place` may be left out, to count those of each. */
export function isShown(gpu: GpuCardFragment, filter: Omit<FleetFilter, 'order'>): boolean {
  const { place, model, worker, holder } = filter
  return (
    (place === undefined || placeOf(gpu) === place) &&
    (model === undefined || gpu.name === model) &&
    (worker === undefined || gpu.worker.id === worker) &&
    (holder === undefined || gpu.currentRun?.job.submittedBy === holder)
  )
}

export interface FilterChoices {
  models: string[]
  workers: { id: string; hostname: string }[]
  holders: string[]
}

/** What there is to choose from. */
export function choicesOf(gpus: readonly GpuCardFragment[]): FilterChoices {
  const workers = new Map(gpus.map(({ worker }) => [worker.id, worker]))
  return {
    models: sorted(gpus.map(({ name }) => name)),
    workers: [...workers.values()].toSorted((a, b) => a.hostname.localeCompare(b.hostname, 'en', { numeric: true })),
    holders: sorted(gpus.flatMap(({ currentRun }) => currentRun?.job.submittedBy ?? [])),
  }
}

/** The GPUs by a figure, the highest first, but of utilisation the lowest; those without it at the end. */
export function inOrder<Item>(
  items: readonly Item[],
  order: Order,
  ringOf: (item: Item) => Ring | undefined,
): readonly Item[] {
  if (order === 'place') return items
  const figureOf = (item: Item) => valueNow(ringOf(item), order)
  const sign = order === 'utilisation' ? 1 : -1
  const valued = items.map((item) => ({ item, value: figureOf(item) }))
  const known = valued.filter(({ value }) => value !== null)
  const unknown = valued.filter(({ value }) => value === null)
  return [...known.toSorted((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0))), ...unknown].map(({ item }) => item)
}

function valueNow(ring: Ring | undefined, name: MeterName): number | null {
  return ring?.last ? METER[name].value(ring.last) : null
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
