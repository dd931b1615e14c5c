// What a worker may report of its GPUs' health, within bounds.
import * as v from 'valibot'

const integer = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const id = v.pipe(
  v.string(),
  v.uuid('is no id'),
  v.transform((text) => text.toLowerCase()),
)
/** Wider than any card's, so that a strange reading is a reading. */
const celsius = v.nullish(v.pipe(v.number(), v.minValue(-273), v.maxValue(10_000)), null)
const flag = v.nullish(v.boolean(), null)

const stranger = v.object({
  pid: integer(0, 2 ** 31 - 1),
  name: v.nullish(v.pipe(v.string(), v.maxLength(256)), null),
  memoryMb: v.nullish(v.pipe(v.number(), v.minValue(0), v.finite()), null),
})

const report = v.object({
  gpuId: id,
  runId: v.nullish(id, null),
  xids: v.pipe(v.array(v.object({ code: integer(0, 100_000), at: v.string() })), v.maxLength(64, 'must be at most 64')),
  lost: v.boolean(),
  temperatureC: celsius,
  slowdownTemperatureC: celsius,
  shutdownTemperatureC: celsius,
  doubleBitEccErrors: v.nullish(integer(0, 2 ** 31 - 1), null),
  remapPending: flag,
  remapFailed: flag,
  recoveryAction: v.nullish(v.picklist(['NONE', 'RESET', 'REBOOT', 'DRAIN_P2P', 'DRAIN_AND_RESET']), null),
  wasReset: v.boolean(),
  strangers: v.pipe(v.array(stranger), v.maxLength(64, 'must be at most 64')),
})

export const healthReports = v.object({
  reports: v.pipe(
    v.array(report),
    v.maxLength(64, 'must be at most 64'),
    v.check((all) => new Set(all.map(({ gpuId }) => gpuId)).size === all.length, 'must each be about a GPU of its own'),
  ),
})

export type GpuReport = v.InferOutput<typeof report>
