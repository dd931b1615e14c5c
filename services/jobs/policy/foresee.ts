// When each waiting job will start: the order of the queue played through on the machines that are there. Pure.
//
// Running and waiting jobs are taken to last as long as `durations.ts` expects. Each job in its turn gets the GPUs of
// one machine, or the slot, that are free first. Nothing slips in before a job that goes earlier, but for what its time
// limit ends before GPUs are needed that are kept for another. So this errs to the late side where small jobs can be
// fitted in, and to the early side where jobs come that go before, or where runs last longer than those before them.
import { fitOf, type Machine } from './machines.ts'
import type { Place, QueuedLane } from './order.ts'
import type { WorkerGpu } from './requests.ts'

/** GPUs of a worker that are kept for a job. */
export interface Reservation {
  workerId: string
  /** When there will be enough, as far as time limits tell; infinite where they do not. */
  readyInMs: number
}

interface Scene {
  machines: readonly Machine[]
  order: readonly Place[]
  /** By job. */
  reservations: ReadonlyMap<string, Reservation>
  /** How long a job of the lane will run that may run for `limitMs`: milliseconds, or infinite. */
  expect: (lane: QueuedLane, limitMs: number) => number
}

/** So many GPUs and slots are looked at in all. */
const MOST_LOOKS = 100_000

/**
 * By job, in how many milliseconds it will start: 0 where all that it needs is free, infinite where nobody can tell.
 * Those at the end of a very long queue are left out.
 */
export function foresee({ machines, order, reservations, expect }: Scene): Map<string, number> {
  const sites = machines.map(siteOf)
  const options = new Map<QueuedLane, Option[]>()
  const starts = new Map<string, number>()
  let looks = 0
  for (const { lane, job } of order) {
    const known = options.get(lane) ?? optionsOf(sites, lane)
    options.set(lane, known)
    const kept = reservations.get(job.jobId)
    const open = kept ? known.filter(({ site }) => site.machine.workerId === kept.workerId) : known
    for (const { gpus } of open) looks += 1 + gpus.length
    if (looks > MOST_LOOKS) break
    const lastsMs = expect(lane, job.limitMs)
    const run = { gpuCount: lane.gpuCount, limitMs: job.limitMs, lastsMs, kept }
    starts.set(job.jobId, lane.gpuCount > 0 ? takeGpus(open, run) : takeSlot(open, lastsMs))
  }
  return starts
}

interface Site {
  machine: Machine
  gpus: Unit[]
  /** When each slot is free, the earliest first. */
  slots: number[]
}

interface Unit {
  gpu: WorkerGpu
  freeInMs: number
  /** Free before then for what is sure to have ended. */
  gap: { fromMs: number; untilMs: number } | null
}

/** A machine that can run the jobs of a lane, and those of its GPUs that would do. */
interface Option {
  site: Site
  gpus: Unit[]
}

function optionsOf(sites: readonly Site[], lane: QueuedLane): Option[] {
  return sites.flatMap((site) => {
    const fit = fitOf(site.machine, lane)
    const suitable = new Set(fit.gpus)
    return fit.possible ? [{ site, gpus: site.gpus.filter(({ gpu }) => suitable.has(gpu)) }] : []
  })
}

function siteOf(machine: Machine): Site {
  return {
    machine,
    gpus: machine.gpus.map((gpu) => ({ gpu, freeInMs: gpu.freeInMs, gap: null })),
    slots: machine.slots.toSorted((a, b) => (a === b ? 0 : a - b)),
  }
}

interface Run {
  gpuCount: number
  limitMs: number
  lastsMs: number
  kept: Reservation | undefined
}

function takeGpus(options: readonly Option[], run: Run): number {
  let best: { units: Unit[]; inMs: number } | undefined
  for (const { gpus } of options) {
    const units = firstFree(gpus, run)
    const last = units.at(-1)
    const inMs = last ? freeFor(last, run) : Infinity
    if (!best || inMs < best.inMs) best = { units, inMs }
  }
  if (!best) return Infinity
  for (const unit of best.units) occupy(unit, best.inMs, run)
  return best.inMs
}

/** As many as it needs; of those that are free at the same time, the smallest. */
function firstFree(gpus: Unit[], run: Run): Unit[] {
  const before = (a: Unit, b: Unit) => byTime(freeFor(a, run), freeFor(b, run)) || a.gpu.memoryMb - b.gpu.memoryMb
  if (run.gpuCount > 1) return gpus.toSorted(before).slice(0, run.gpuCount)
  const [first, ...others] = gpus
  return first ? [others.reduce((best, unit) => (before(unit, best) < 0 ? unit : best), first)] : []
}

/** When the GPU is free for this run. Only a run with one GPU is fitted into a gap. */
function freeFor({ gap, freeInMs }: Unit, { gpuCount, limitMs }: Run): number {
  const fits = gap && gpuCount === 1 && Number.isFinite(limitMs) && gap.fromMs + limitMs <= gap.untilMs
  return fits ? gap.fromMs : freeInMs
}

function occupy(unit: Unit, fromMs: number, { limitMs, lastsMs, kept }: Run): void {
  if (unit.gap && fromMs < unit.freeInMs) {
    unit.gap = { ...unit.gap, fromMs: fromMs + limitMs }
    return
  }
  if (kept) unit.gap = { fromMs: unit.freeInMs, untilMs: kept.readyInMs }
  unit.freeInMs = fromMs + lastsMs
}

function takeSlot(options: readonly Option[], lastsMs: number): number {
  const [first, ...others] = options
  if (!first) return Infinity
  const best = others.reduce((best, option) => (firstSlot(option) < firstSlot(best) ? option : best), first)
  const inMs = firstSlot(best)
  best.site.slots.shift()
  insertInOrder(best.site.slots, inMs + lastsMs)
  return inMs
}

function firstSlot({ site }: Option): number {
  return site.slots[0] ?? Infinity
}

function insertInOrder(sorted: number[], value: number): void {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  sorted.splice(low, 0, value)
}

/** Infinity less itself is no number. */
function byTime(a: number, b: number): number {
  return a === b ? 0 : a - b
}
