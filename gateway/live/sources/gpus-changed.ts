// gpusChanged(gpuIds): these GPUs, or all, each when something about it has changed. Its fields come from the services.
import * as v from 'valibot'
import { createInbox } from '../feeds/inbox.ts'
import { id, missedChanges, type OpenSource, readArguments } from './source.ts'

const MAX_GPUS = 1_000
/** GPUs that wait for a slow reader, each once; then it is told to subscribe again. */
const INBOX_LIMIT = 20_000

const wanted = v.object({
  gpuIds: v.nullish(v.pipe(v.array(id), v.maxLength(MAX_GPUS, `must be at most ${MAX_GPUS}`))),
})

export const gpusChanged: OpenSource = async (args, _who, { feeds, link }) => {
  const { gpuIds } = readArguments(wanted, args)
  const chosen = gpuIds ? new Set(gpuIds) : undefined
  const inbox = createInbox<string | 'missed'>(INBOX_LIMIT, 'fail')
  /** The newest change of each GPU in the inbox. */
  const changes = new Map<string, { id: string }>()
  const listening = feeds.gpus.listen((gpu) => {
    if (chosen && !chosen.has(gpu.id)) return
    const waits = changes.has(gpu.id)
    changes.set(gpu.id, gpu)
    if (!waits) inbox.put(gpu.id)
  })
  // Which GPUs have changed while NATS was away, nobody tells: whoever lists GPUs must read the list again.
  const stopWatching = link.onReconnect(() => inbox.put('missed'))
  await listening.ready
  return {
    async next() {
      const item = await inbox.take()
      if (item === 'missed') throw missedChanges()
      const gpu = item === undefined ? undefined : changes.get(item)
      if (!gpu) return undefined
      changes.delete(gpu.id)
      return { payload: gpu, origin: gpu, version: '' }
    },
    stop() {
      listening.stop()
      stopWatching()
      inbox.close()
    },
  }
}
