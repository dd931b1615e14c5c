// What a device does now.
import type { Ask } from './ask.ts'
import { CLOCKS, MEMORY_V1, MEMORY_V2, readCount, SENSOR_GPU, TEMPERATURE_V1, UTILISATION } from './layouts.ts'
import { type ThrottleReason, throttleReasonsOf } from './throttle-reasons.ts'

export interface Memory {
  totalBytes: number
  /** What drivers and programs use. Where `reservedBytes` is null, it counts what the driver reserves. */
  usedBytes: number
  freeBytes: number
  reservedBytes: number | null
}

export interface Metrics {
  /** nvmlDeviceGetMemoryInfo_v2, or nvmlDeviceGetMemoryInfo */
  memory(): Memory | null
  /**
   * Percent of the time since the last reading in which a kernel ran, and in which memory was read or written.
   * Not offered on a GPU in MIG mode. nvmlDeviceGetUtilizationRates
   */
  utilisation(): { gpuPercent: number; memoryPercent: number } | null
  /** Degrees Celsius. nvmlDeviceGetTemperatureV, or nvmlDeviceGetTemperature */
  temperatureC(): number | null
  /** nvmlDeviceGetPowerUsage */
  powerMilliwatts(): number | null
  /** What it is held to now. nvmlDeviceGetEnforcedPowerLimit, or nvmlDeviceGetPowerManagementLimit */
  powerLimitMilliwatts(): number | null
  /** nvmlDeviceGetClockInfo */
  clockMhz(clock: 'sm' | 'memory'): number | null
  /** Since the driver was loaded. nvmlDeviceGetTotalEnergyConsumption */
  energyMillijoules(): number | null
  /** Of the fastest that it could; not of one that is cooled by others. nvmlDeviceGetFanSpeed */
  fanPercent(): number | null
  /** From 0, the fastest, to 15. nvmlDeviceGetPerformanceState */
  performanceState(): number | null
  /** Why it clocks no higher. nvmlDeviceGetCurrentClocksEventReasons, or nvmlDeviceGetCurrentClocksThrottleReasons */
  throttleReasons(): ThrottleReason[] | null
}

/** NVML's number for a performance state that it does not know. */
export const UNKNOWN_STATE = 32

export function metricsOf(ask: Ask): Metrics {
  return {
    memory: () => readMemory(ask),
    utilisation: () => {
      const buffer = ask.struct('nvmlDeviceGetUtilizationRates', UTILISATION.size)
      if (!buffer) return null
      return {
        gpuPercent: buffer.readUInt32LE(UTILISATION.gpu),
        memoryPercent: buffer.readUInt32LE(UTILISATION.memory),
      }
    },
    temperatureC: () => readTemperature(ask),
    powerMilliwatts: () => ask.uint('nvmlDeviceGetPowerUsage'),
    powerLimitMilliwatts: () =>
      ask.uint('nvmlDeviceGetEnforcedPowerLimit') ?? ask.uint('nvmlDeviceGetPowerManagementLimit'),
    clockMhz: (clock) => ask.uint('nvmlDeviceGetClockInfo', CLOCKS[clock]),
    energyMillijoules: () => ask.count('nvmlDeviceGetTotalEnergyConsumption'),
    fanPercent: () => ask.uint('nvmlDeviceGetFanSpeed'),
    performanceState: () => {
      const state = ask.uint('nvmlDeviceGetPerformanceState')
      return state === UNKNOWN_STATE ? null : state
    },
    throttleReasons: () => {
      const mask =
        ask.count('nvmlDeviceGetCurrentClocksEventReasons') ?? ask.count('nvmlDeviceGetCurrentClocksThrottleReasons')
      return mask === null ? null : throttleReasonsOf(mask)
    },
  }
}

function readMemory(ask: Ask): Memory | null {
  const request = Buffer.alloc(MEMORY_V2.size)
  request.writeUInt32LE(MEMORY_V2.version, 0)
  const v2 = ask.struct('nvmlDeviceGetMemoryInfo_v2', request)
  if (v2) {
    return {
      totalBytes: readCount(v2, MEMORY_V2.total),
      reservedBytes: readCount(v2, MEMORY_V2.reserved),
      freeBytes: readCount(v2, MEMORY_V2.free),
      usedBytes: readCount(v2, MEMORY_V2.used),
    }
  }
  const v1 = ask.struct('nvmlDeviceGetMemoryInfo', MEMORY_V1.size)
  if (!v1) return null
  return {
    totalBytes: readCount(v1, MEMORY_V1.total),
    freeBytes: readCount(v1, MEMORY_V1.free),
    usedBytes: readCount(v1, MEMORY_V1.used),
    reservedBytes: null,
  }
}

/** The newer call came with NVML 12; the older one leaves with some version after 13. */
function readTemperature(ask: Ask): number | null {
  const request = Buffer.alloc(TEMPERATURE_V1.size)
  request.writeUInt32LE(TEMPERATURE_V1.version, 0)
  request.writeUInt32LE(SENSOR_GPU, TEMPERATURE_V1.sensor)
  const answer = ask.struct('nvmlDeviceGetTemperatureV', request)
  return answer ? answer.readInt32LE(TEMPERATURE_V1.temperature) : ask.uint('nvmlDeviceGetTemperature', SENSOR_GPU)
}
