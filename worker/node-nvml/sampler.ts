// Reads thirteen calls of each GPU again and again, at the price of the calls alone: functions, arguments and memory
// are bound once, and a reading allocates nothing.
import koffi from 'koffi'
import { libraryOf, type NvmlDevice } from './device.ts'
import { isDriverGone, isLost, isUnsupported, NvmlError, SUCCESS, UNKNOWN } from './errors.ts'
import { type Bound, bindCall, CALLS, COLUMNS, type Column, RESULT_BYTES } from './sampler-calls.ts'
import { type ThrottleReason, throttleReasonsOf } from './throttle-reasons.ts'

/** A metric that a card does not offer is null; all are of a lost GPU. */
export interface Reading {
  /** It has fallen off the bus, or has to be reset. */
  lost: boolean
  /** Percent of the time in which a kernel ran. */
  gpuUtilisationPercent: number | null
  /** Percent of the time in which memory was read or written. */
  memoryUtilisationPercent: number | null
  memoryUsedBytes: number | null
  powerMilliwatts: number | null
  powerLimitMilliwatts: number | null
  temperatureC: number | null
  memoryTemperatureC: number | null
  smClockMhz: number | null
  memoryClockMhz: number | null
  /** Since the driver was loaded. */
  energyMillijoules: number | null
  /** Why it clocks no higher. */
  throttleReasons: readonly ThrottleReason[] | null
  fanPercent: number | null
  /** From 0, the fastest, to 15. */
  performanceState: number | null
  /** Volatile double-bit errors: since the driver was loaded. */
  uncorrectedEccErrors: number | null
}

export interface Sampler {
  /**
   * Reads all that the devices offer; what a device does not is asked again only now and then.
   * @throws NvmlError when no device can be asked: the driver is gone
   */
  sample(): void
  /** What was read last of the device of this place in the list. */
  reading(place: number): Reading
  /** The code by which it is lost (GPU_IS_LOST 15, RESET_REQUIRED 16), else 0. */
  lost(place: number): number
}

interface Probe {
  place: number
  /** The ways to ask, newest first; null where the library has no such function. */
  ways: readonly (Bound | null)[]
  way: number
  /** The sample in which it is asked again after no way worked. */
  askedAgainAt: number
  name: string
}

/** Samples for which a metric that is not offered is not asked for. */
const ASK_AGAIN_AFTER = 60
/** To ask for one metric. */
const MOST_WAYS = 2

export function createSampler(devices: readonly NvmlDevice[]): Sampler {
  const values = new Float64Array(devices.length * COLUMNS.length)
  const lost = new Int32Array(devices.length)
  const probes = devices.flatMap((device, place) =>
    probesOf(device, place, values.subarray(place * COLUMNS.length, (place + 1) * COLUMNS.length)),
  )
  let samples = 0
  return {
    sample: () => {
      samples++
      values.fill(Number.NaN)
      lost.fill(SUCCESS)
      let answered = 0
      let refused: NvmlError | undefined
      for (const probe of probes) {
        if (lost[probe.place] !== SUCCESS || probe.askedAgainAt > samples) continue
        const answer = ask(probe, samples)
        if (answer === SUCCESS) answered++
        else if (isLost(answer)) {
          lost[probe.place] = answer
          answered++
        } else if (isDriverGone(answer)) throw new NvmlError(probe.name, answer)
        else if (answer === UNKNOWN) refused ??= new NvmlError(probe.name, answer)
      }
      if (answered === 0 && refused) throw refused
    },
    reading: (place) => {
      const row = values.subarray(place * COLUMNS.length, (place + 1) * COLUMNS.length)
      return readingOf(row, lost[place] !== SUCCESS)
    },
    lost: (place) => lost[place] ?? SUCCESS,
  }
}

/** The answer of the newest way that is offered: those that are not are skipped from now on. */
function ask(probe: Probe, sample: number): number {
  for (; probe.way < probe.ways.length; probe.way++) {
    const bound = probe.ways[probe.way]
    if (!bound) continue
    let answer = bound.call()
    if (answer === SUCCESS) answer = bound.read()
    if (!isUnsupported(answer)) return answer
  }
  probe.way = 0
  probe.askedAgainAt = sample + ASK_AGAIN_AFTER
  return SUCCESS
}

function probesOf(device: NvmlDevice, place: number, row: Float64Array): Probe[] {
  const library = libraryOf(device)
  const bytes = MOST_WAYS * RESULT_BYTES
  // Its backing store never moves, so that its address can be given to the library as a number.
  const memory = new ArrayBuffer(CALLS.length * bytes)
  const address = Number(koffi.address(new Uint8Array(memory)))
  return CALLS.map((ways, index) => ({
    place,
    way: 0,
    askedAgainAt: 0,
    name: ways[0]?.name ?? '',
    ways: ways.map((way, number) => {
      const offset = index * bytes + number * RESULT_BYTES
      const words = new Uint32Array(memory, offset, RESULT_BYTES / 4)
      return bindCall(library, device.handle, way, { words, row, address: address + offset })
    }),
  }))
}

function readingOf(row: Float64Array, lost: boolean): Reading {
  const value = (column: Column) => {
    const read = lost ? Number.NaN : (row[COLUMNS.indexOf(column)] ?? Number.NaN)
    return Number.isNaN(read) ? null : read
  }
  const throttleMask = value('throttleMask')
  return {
    lost,
    gpuUtilisationPercent: value('gpuUtilisationPercent'),
    memoryUtilisationPercent: value('memoryUtilisationPercent'),
    memoryUsedBytes: value('memoryUsedBytes'),
    powerMilliwatts: value('powerMilliwatts'),
    powerLimitMilliwatts: value('powerLimitMilliwatts'),
    temperatureC: value('temperatureC'),
    memoryTemperatureC: value('memoryTemperatureC'),
    smClockMhz: value('smClockMhz'),
    memoryClockMhz: value('memoryClockMhz'),
    energyMillijoules: value('energyMillijoules'),
    throttleReasons: throttleMask === null ? null : throttleReasonsOf(throttleMask),
    fanPercent: value('fanPercent'),
    performanceState: value('performanceState'),
    uncorrectedEccErrors: value('uncorrectedEccErrors'),
  }
}
