// The thread that waits for events. A wait blocks it, so it hears of its end through shared memory.
import { parentPort, workerData } from 'node:worker_threads'
import { NvmlError } from '../errors.ts'
import type { EventSet, NvmlEvent } from '../event-set.ts'
import { type Nvml, openNvml } from '../nvml.ts'
import { CLOSING, type FromEventsThread, GENERATION, type ThreadData } from './messages.ts'

const { library, control }: ThreadData = workerData

/** How long a wait lasts at most, and so how late the end is heard of. */
const WAIT_MS = 100
/** Until it is tried again after a GPU, or the driver, did not let itself be listened to. */
const PAUSE_MS = 1_000

main()

function main(): void {
  const nvml = attempt(() => openNvml(library))
  if (nvml) listenOn(nvml)
  // Then the thread that answers requests does not open, either.
  else say({ type: 'listening' })
}

function listenOn(nvml: Nvml): void {
  while (!closing()) {
    const set = attempt(() => nvml.eventSet())
    const waits = set ? listen(nvml, set) : 0
    if (set) attempt(() => set.free())
    else say({ type: 'listening' })
    // Woken by the end of the monitor.
    if (waits === 0) Atomics.wait(control, CLOSING, 0, PAUSE_MS)
  }
  attempt(() => nvml.shutdown())
}

/**
 * Until a GPU of the set is lost, or the driver is gone: then the set is of no more use. GPUs that come, or come
 * back, join it. The answer is how often it was waited for events.
 */
function listen(nvml: Nvml, set: EventSet): number {
  const uuids = new Map<number, string>()
  let generation = Number.NaN
  let lookAgainAt = 0
  for (let waits = 0; !closing(); waits++) {
    const now = Atomics.load(control, GENERATION)
    if (now !== generation || Date.now() >= lookAgainAt) {
      generation = now
      lookAgainAt = join(nvml, set, uuids) ? Number.POSITIVE_INFINITY : Date.now() + PAUSE_MS
      say({ type: 'listening' })
    }
    if (!hear(set, uuids)) return waits
  }
  return 1
}

/** Adds the GPUs that the set does not have. False when one of them does not let itself be added. */
function join(nvml: Nvml, set: EventSet, uuids: Map<number, string>): boolean {
  const count = attempt(() => nvml.deviceCount())
  const joined = Array.from({ length: count ?? 0 }, (_, index) =>
    attempt(() => {
      const device = nvml.device(index)
      if (uuids.has(device.handle)) return
      const uuid = device.uuid()
      set.register(device)
      uuids.set(device.handle, uuid)
    }),
  )
  return count !== null && !joined.includes(null)
}

/** False when waiting is of no use: a GPU is lost, or the driver is gone. */
function hear(set: EventSet, uuids: ReadonlyMap<number, string>): boolean {
  try {
    const event = set.wait(WAIT_MS)
    if (event) tell(event, uuids)
    return true
  } catch (error) {
    if (error instanceof NvmlError) return false
    throw error
  }
}

function tell({ device, type, xid, gpuInstanceId, computeInstanceId }: NvmlEvent, uuids: ReadonlyMap<number, string>) {
  // A GPU that is lost no longer tells who it is.
  const uuid = uuids.get(device.handle) ?? attempt(() => device.uuid())
  if (uuid === null) return
  say({ type: 'event', event: { uuid, type, xid, at: Date.now(), gpuInstanceId, computeInstanceId } })
}

function closing(): boolean {
  return Atomics.load(control, CLOSING) !== 0
}

/** Null where NVML refuses; the thread that answers requests is the one to say why. */
function attempt<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    if (error instanceof NvmlError) return null
    throw error
  }
}

function say(message: FromEventsThread): void {
  parentPort?.postMessage(message)
}
