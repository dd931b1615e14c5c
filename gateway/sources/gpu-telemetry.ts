// gpuTelemetry(gpuIds): samples of GPUs as their workers take them.
import { SUBJECTS } from '@constellation/platform/events.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import { createInbox } from '../inbox.ts'
import { id, type Occurrence, readArguments, type Source, type Surroundings } from './source.ts'

const MAX_GPUS = 1_000
/** Samples that wait for a slow reader. The newest are worth most, so the oldest are dropped. */
const INBOX_LIMIT = 1_024

export async function gpuTelemetry(args: unknown, _who: Principal, { feeds }: Surroundings): Promise<Source> {
  const gpuIds = v.nullish(v.pipe(v.array(id), v.maxLength(MAX_GPUS, `must be at most ${MAX_GPUS}`)))
  const chosen = readArguments(v.object({ gpuIds }), args).gpuIds
  const wanted = chosen ? new Set(chosen) : undefined
  const inbox = createInbox<Occurrence>(INBOX_LIMIT, 'drop-oldest')
  const listening = feeds.telemetry.listen(SUBJECTS.allTelemetry, (samples) => {
    const chosen = wanted ? samples.filter(({ gpuId }) => wanted.has(gpuId)) : samples
    if (chosen.length > 0) inbox.put({ payload: chosen, origin: chosen, version: '' })
  })
  await listening.ready
  return {
    next: () => inbox.take(),
    stop() {
      listening.stop()
      inbox.close()
    },
  }
}
