// The thirteen calls of a sample, each bound to its device, its arguments and the memory that it writes into.
import { FUNCTION_NOT_FOUND, SUCCESS } from './errors.ts'
import { FIELD } from './field-values.ts'
import {
  CLOCKS,
  ECC_UNCORRECTED,
  ECC_VOLATILE,
  FIELD_VALUE,
  MEMORY_V1,
  MEMORY_V2,
  SENSOR_GPU,
  TEMPERATURE_V1,
  UTILISATION,
} from './layouts.ts'
import type { Library } from './library.ts'
import { UNKNOWN_STATE } from './metrics.ts'

/** A row of a sample. */
export const COLUMNS = [
  'gpuUtilisationPercent',
  'memoryUtilisationPercent',
  'memoryUsedBytes',
  'powerMilliwatts',
  'powerLimitMilliwatts',
  'temperatureC',
  'memoryTemperatureC',
  'smClockMhz',
  'memoryClockMhz',
  'energyMillijoules',
  'throttleMask',
  'fanPercent',
  'performanceState',
  'uncorrectedEccErrors',
] as const

export type Column = (typeof COLUMNS)[number]

/** Where a call writes, as words of 32 bits, and the row that its values go into. */
interface Place {
  words: Uint32Array
  row: Float64Array
}

interface SamplerCall {
  name: string
  /** Arguments between the handle and the address of the result. */
  given?: readonly number[]
  /** What has to stand in the memory before the call: words by their byte offset. */
  request?: Readonly<Record<number, number>>
  /** Takes the values over; answers as NVML does, where a part of the call has an answer of its own. */
  read(place: Place): number
}

export interface Bound {
  /** NVML's answer. */
  call(): number
  /** After success: takes the values over; 0, or the answer for the part of the call that did not succeed. */
  read(): number
}

/** The struct that is largest, which is a multiple of 8 as their alignment is. */
export const RESULT_BYTES = 40

export function bindCall(
  library: Library,
  handle: number,
  { name, given = [], request = {}, read }: SamplerCall,
  { address, ...place }: Place & { address: number },
): Bound | null {
  for (const [offset, word] of Object.entries(request)) place.words[Number(offset) / 4] = word
  const call = library.bind(name, ['handle', ...given.map(() => 'uint' as const), 'address'])
  if (!call) return null
  const [first = 0, second = 0] = given
  const calls = [
    () => call(handle, address),
    () => call(handle, first, address),
    () => call(handle, first, second, address),
  ]
  return { call: calls[given.length] ?? (() => FUNCTION_NOT_FOUND), read: () => read(place) }
}

/** By metric the ways to ask for it, the newest first. */
export const CALLS: readonly (readonly SamplerCall[])[] = [
  [{ name: 'nvmlDeviceGetUtilizationRates', read: readUtilisation }],
  [
    {
      name: 'nvmlDeviceGetMemoryInfo_v2',
      request: { 0: MEMORY_V2.version },
      read: count('memoryUsedBytes', MEMORY_V2.used),
    },
    { name: 'nvmlDeviceGetMemoryInfo', read: count('memoryUsedBytes', MEMORY_V1.used) },
  ],
  [{ name: 'nvmlDeviceGetPowerUsage', read: uint('powerMilliwatts') }],
  [
    { name: 'nvmlDeviceGetEnforcedPowerLimit', read: uint('powerLimitMilliwatts') },
    { name: 'nvmlDeviceGetPowerManagementLimit', read: uint('powerLimitMilliwatts') },
  ],
  [
    {
      name: 'nvmlDeviceGetTemperatureV',
      request: { 0: TEMPERATURE_V1.version, [TEMPERATURE_V1.sensor]: SENSOR_GPU },
      read: int('temperatureC', TEMPERATURE_V1.temperature),
    },
    { name: 'nvmlDeviceGetTemperature', given: [SENSOR_GPU], read: uint('temperatureC') },
  ],
  [
    {
      name: 'nvmlDeviceGetFieldValues',
      given: [1],
      request: { [FIELD_VALUE.id]: FIELD.memoryTemperature },
      read: readMemoryTemperature,
    },
  ],
  [{ name: 'nvmlDeviceGetClockInfo', given: [CLOCKS.sm], read: uint('smClockMhz') }],
  [{ name: 'nvmlDeviceGetClockInfo', given: [CLOCKS.memory], read: uint('memoryClockMhz') }],
  [{ name: 'nvmlDeviceGetTotalEnergyConsumption', read: count('energyMillijoules') }],
  [
    { name: 'nvmlDeviceGetCurrentClocksEventReasons', read: count('throttleMask') },
    { name: 'nvmlDeviceGetCurrentClocksThrottleReasons', read: count('throttleMask') },
  ],
  [{ name: 'nvmlDeviceGetFanSpeed', read: uint('fanPercent') }],
  [{ name: 'nvmlDeviceGetPerformanceState', read: readPerformanceState }],
  [
    {
      name: 'nvmlDeviceGetTotalEccErrors',
      given: [ECC_UNCORRECTED, ECC_VOLATILE],
      read: count('uncorrectedEccErrors'),
    },
  ],
]

function uint(column: Column, offset = 0): SamplerCall['read'] {
  const [to, from] = [COLUMNS.indexOf(column), offset / 4]
  return ({ words, row }) => {
    row[to] = words[from] ?? Number.NaN
    return SUCCESS
  }
}

function int(column: Column, offset: number): SamplerCall['read'] {
  const [to, from] = [COLUMNS.indexOf(column), offset / 4]
  return ({ words, row }) => {
    row[to] = (words[from] ?? 0) | 0
    return SUCCESS
  }
}

/** 64 bits, the lower word first; exact below 2^53. */
function count(column: Column, offset = 0): SamplerCall['read'] {
  const [to, from] = [COLUMNS.indexOf(column), offset / 4]
  return ({ words, row }) => {
    row[to] = (words[from] ?? 0) + (words[from + 1] ?? 0) * 2 ** 32
    return SUCCESS
  }
}

function readUtilisation({ words, row }: Place): number {
  row[COLUMNS.indexOf('gpuUtilisationPercent')] = words[UTILISATION.gpu / 4] ?? 0
  row[COLUMNS.indexOf('memoryUtilisationPercent')] = words[UTILISATION.memory / 4] ?? 0
  return SUCCESS
}

function readMemoryTemperature({ words, row }: Place): number {
  const code = words[FIELD_VALUE.returnCode / 4] ?? SUCCESS
  if (code === SUCCESS) row[COLUMNS.indexOf('memoryTemperatureC')] = words[FIELD_VALUE.value / 4] ?? 0
  return code
}

function readPerformanceState({ words, row }: Place): number {
  if (words[0] !== UNKNOWN_STATE) row[COLUMNS.indexOf('performanceState')] = words[0] ?? 0
  return SUCCESS
}
