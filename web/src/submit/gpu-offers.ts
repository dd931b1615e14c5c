// The kinds of GPU that there are, and how many of each are free now.
import { type Accessor, createMemo, createSignal } from 'solid-js'
import { GpuOffersDocument, type GpuOffersQuery, JobsTickDocument } from '../generated/documents.ts'
import { createSubscription } from '../shared/live.ts'
import { createPolled } from '../shared/polled.ts'
import { createSoon } from '../shared/soon.ts'

type OfferedGpu = NonNullable<GpuOffersQuery['gpus']>['nodes'][number]

/** All GPUs of one model and memory. */
export interface Offer {
  name: string
  memoryMb: number
  /** In service, whether a run holds them or not. */
  all: number
  free: number
}

/** Those of which some are in service, the most first: what is free changes, and they stay where they are. */
export function offersOf(gpus: readonly OfferedGpu[]): Offer[] {
  const kinds = new Map<string, OfferedGpu[]>()
  for (const gpu of gpus.filter(inService)) {
    const kind = `${gpu.totalMemoryMb} ${gpu.name}`
    const alike = kinds.get(kind)
    if (alike) alike.push(gpu)
    else kinds.set(kind, [gpu])
  }
  const offers = [...kinds.values()].flatMap(([first, ...others]) => (first ? [offerOf(first, others)] : []))
  return offers.sort((a, b) => b.all - a.all || a.name.localeCompare(b.name) || a.memoryMb - b.memoryMb)
}

function offerOf(first: OfferedGpu, others: readonly OfferedGpu[]): Offer {
  const { name, totalMemoryMb: memoryMb } = first
  const alike = [first, ...others]
  return { name, memoryMb, all: alike.length, free: alike.filter(isFree).length }
}

/** One that is occupied by others is so for now: it counts, and is not free. */
function inService({ state }: OfferedGpu): boolean {
  return state === 'AVAILABLE' || state === 'OCCUPIED'
}

function isFree({ state, inUse }: OfferedGpu): boolean {
  return state === 'AVAILABLE' && !inUse
}

/** A model's name without its maker's, of which there is one. */
export function shortModel(name: string): string {
  return name.replace(/^NVIDIA\s+/, '')
}

const MOST = 1_000
/** Workers come and go without an event of a job, in milliseconds. */
const ROUND_MS = 10_000
const SOON_MS = 500

/** Follows them. Undefined before the first answer. */
export function createOffers(): { offers: Accessor<Offer[] | undefined>; failed: Accessor<boolean> } {
  const [moved, setMoved] = createSignal(0)
  const askSoon = createSoon(() => setMoved((count) => count + 1), SOON_MS)
  createSubscription(JobsTickDocument, () => ({}), askSoon)
  const polled = createPolled(
    GpuOffersDocument,
    () => ({ first: MOST }),
    () => 'gpus',
    () => ROUND_MS,
    moved,
  )
  const offers = createMemo(() => {
    const gpus = polled.data()?.gpus
    return gpus ? offersOf(gpus.nodes) : undefined
  })
  return { offers, failed: () => polled.error() !== undefined && polled.data() === undefined }
}
