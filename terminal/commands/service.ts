import { type Call, textOf } from '../command.ts'
import {
  CordonGpuDocument,
  CordonWorkerDocument,
  DrainGpuDocument,
  DrainWorkerDocument,
  type GpuServiceFragment,
  ReturnGpuDocument,
  ReturnWorkerDocument,
  type WorkerServiceFragment,
} from '../generated/documents.ts'
import { findGpu, type Meant } from '../jobs/find-gpu.ts'
import type { Api } from '../server/api.ts'
import { say, sayJson } from '../view/output.ts'

/** `cordon`, `drain` and `return`: takes GPUs and workers out of service and back. */
export async function run(call: Call): Promise<number> {
  const api = await call.open()
  const reason = textOf(call, 'reason') ?? 'by constellation'
  const meant = await Promise.all(call.typed.words.map((word) => findGpu(api, word)))
  const changed = []
  for (const each of meant) changed.push(await change(api, call.name, each, reason))
  if (call.json) sayJson(changed)
  else for (const each of changed) say(sentence(each))
  return 0
}

type Changed = GpuServiceFragment | WorkerServiceFragment

async function change(api: Api, action: string, { kind, id }: Meant, reason: string): Promise<Changed> {
  if (kind === 'gpu') {
    if (action === 'cordon') return (await api.ask(CordonGpuDocument, { id, reason })).cordonGpu.gpu
    if (action === 'drain') return (await api.ask(DrainGpuDocument, { id, reason })).drainGpu.gpu
    return (await api.ask(ReturnGpuDocument, { id })).returnGpu.gpu
  }
  if (action === 'cordon') return (await api.ask(CordonWorkerDocument, { id, reason })).cordonWorker.worker
  if (action === 'drain') return (await api.ask(DrainWorkerDocument, { id, reason })).drainWorker.worker
  return (await api.ask(ReturnWorkerDocument, { id })).returnWorker.worker
}

function sentence(changed: Changed): string {
  if ('uuid' in changed) {
    const { worker, index, state, stateReason } = changed
    return `${worker.id}/${index}: ${stateReason ?? state.toLowerCase()}`
  }
  const { id, state, cordon } = changed
  const word = cordon === null ? state.toLowerCase() : cordon.mode === 'DRAIN' ? 'draining' : 'cordoned'
  return `worker ${id} is ${word}${cordon === null ? '' : `: ${cordon.reason} (${cordon.by})`}`
}
