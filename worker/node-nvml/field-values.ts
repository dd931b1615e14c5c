// Field values: numbered facts about a device, several at once, each with an answer of its own.
import type { Ask } from './ask.ts'
import { isUnsupported, NvmlError, SUCCESS } from './errors.ts'
import { FIELD_VALUE, readCount } from './layouts.ts'

/** Ids of fields. Energy is in millijoules, power in milliwatts, temperature in degrees Celsius. */
export const FIELD = {
  doubleBitEccVolatile: 4,
  memoryTemperature: 82,
  totalEnergy: 83,
  nvlinkCount: 91,
  remapPending: 144,
  remapFailure: 145,
  instantPower: 186,
  recoveryAction: 230,
} as const

export interface FieldResult {
  id: number
  /** Null where the field is not offered, or `code` tells a fault. */
  value: number | null
  /** NVML's answer for this field alone; 0 is success. */
  code: number
  /** When it was read, in microseconds since 1970. */
  atUs: number
  /** How long reading it took. */
  latencyUs: number
}

export interface FieldValues {
  /**
   * One result for each id, in their order. A field may have a scope, such as the number of an NVLink.
   * @throws NvmlError when the device cannot be asked at all. nvmlDeviceGetFieldValues
   */
  fieldValues(fields: readonly (number | { id: number; scope: number })[]): FieldResult[]
}

export function fieldValuesOf({ library, handle }: Ask): FieldValues {
  return {
    fieldValues: (fields) => {
      const buffer = Buffer.alloc(FIELD_VALUE.size * fields.length)
      fields.forEach((field, index) => {
        const { id, scope } = typeof field === 'number' ? { id: field, scope: 0 } : field
        writeField(buffer.subarray(index * FIELD_VALUE.size), id, scope)
      })
      const call = 'nvmlDeviceGetFieldValues'
      const answer = library.call(call, ['handle', 'int', 'buffer'], handle, fields.length, buffer)
      if (answer !== SUCCESS && !isUnsupported(answer)) throw new NvmlError(call, answer)
      return fields.map((_, index) => readField(buffer.subarray(index * FIELD_VALUE.size), answer))
    },
  }
}

function writeField(at: Buffer, id: number, scope = 0): void {
  at.writeUInt32LE(id, FIELD_VALUE.id)
  at.writeUInt32LE(scope, FIELD_VALUE.scope)
}

/** `answer` is that of the whole call. */
function readField(at: Buffer, answer: number): FieldResult {
  const code = answer === SUCCESS ? at.readUInt32LE(FIELD_VALUE.returnCode) : answer
  return {
    id: at.readUInt32LE(FIELD_VALUE.id),
    value: code === SUCCESS ? readValue(at) : null,
    code,
    atUs: readCount(at, FIELD_VALUE.timestamp),
    latencyUs: readCount(at, FIELD_VALUE.latency),
  }
}

function readValue(at: Buffer): number | null {
  const { value } = FIELD_VALUE
  switch (at.readUInt32LE(FIELD_VALUE.valueType)) {
    case 0:
      return at.readDoubleLE(value)
    case 1:
      return at.readUInt32LE(value)
    // An unsigned long has 64 bits where NVML runs with Node.
    case 2:
    case 3:
      return readCount(at, value)
    case 4:
      return Number(at.readBigInt64LE(value))
    case 5:
      return at.readInt32LE(value)
    case 6:
      return at.readUInt16LE(value)
    default:
      return null
  }
}
