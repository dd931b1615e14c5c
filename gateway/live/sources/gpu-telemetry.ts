// gpuTelemetry(gpuIds, everyMs): the newest samples of GPUs, as their workers take them.
import * as v from 'valibot'
import { id, type OpenSource, readArguments } from './source.ts'

const MAX_GPUS = 1_000
const PACE = 'must be a whole number from 250 to 60000'

const wanted = v.object({
  gpuIds: v.nullish(v.pipe(v.array(id), v.maxLength(MAX_GPUS, `must be at most ${MAX_GPUS}`)), null),
  everyMs: v.nullish(v.pipe(v.number(), v.integer(PACE), v.minValue(250, PACE), v.maxValue(60_000, PACE)), 1_000),
})

export const gpuTelemetry: OpenSource = async (args, _who, { feeds }) => {
  const { gpuIds, everyMs } = readArguments(wanted, args)
  const reader = feeds.telemetry.watch(gpuIds, everyMs)
  await reader.ready
  return {
    async next() {
      const samples = await reader.next()
      return samples && { payload: samples, origin: samples, version: '' }
    },
    stop: reader.stop,
  }
}
