// What tells a sick GPU, in one answer.
import type { NvmlDevice } from '../device.ts'
import { isLost, type NvmlError, RESET_REQUIRED } from '../errors.ts'
import { FIELD } from '../field-values.ts'
import type { GpuDescription, GpuHealth } from '../monitor.ts'
import { ofEachGpu } from './each-gpu.ts'
import type { Known } from './machine.ts'

export function healthOfAll(known: readonly Known[]): GpuHealth[] {
  return ofEachGpu(known, healthOfOne, withoutAnswer)
}

function healthOfOne(device: NvmlDevice, description: GpuDescription): GpuHealth {
  const rows = device.remappedRows()
  const [ecc, pending, failure] = device.fieldValues([
    FIELD.doubleBitEccVolatile,
    FIELD.remapPending,
    FIELD.remapFailure,
  ])
  return {
    uuid: description.uuid,
    lost: false,
    resetRequired: false,
    doubleBitEccErrors: device.eccErrors('uncorrected', 'volatile') ?? ecc?.value ?? null,
    remapPending: rows?.pending ?? flag(pending?.value),
    remapFailure: rows?.failed ?? flag(failure?.value),
    retiredPagesPending: device.retiredPagesPending(),
    recoveryAction: device.recoveryAction(),
    temperatureC: device.temperatureC(),
    slowdownTemperatureC: description.slowdownTemperatureC,
    shutdownTemperatureC: description.shutdownTemperatureC,
  }
}

function flag(value: number | null | undefined): boolean | null {
  return value == null ? null : value !== 0
}

function withoutAnswer(description: GpuDescription, error: NvmlError | null): GpuHealth {
  return {
    uuid: description.uuid,
    lost: error === null || isLost(error.number),
    resetRequired: error?.number === RESET_REQUIRED,
    doubleBitEccErrors: null,
    remapPending: null,
    remapFailure: null,
    retiredPagesPending: null,
    recoveryAction: null,
    temperatureC: null,
    slowdownTemperatureC: description.slowdownTemperatureC,
    shutdownTemperatureC: description.shutdownTemperatureC,
  }
}
