// Which GPU or worker is meant: by the worker's name or host, by `worker/index`, by the GPU's UUID or the beginning of it.

import { Failure } from '../failure.ts'
import { GpuNamesDocument, type GpuNamesQuery } from '../generated/documents.ts'
import type { Api } from '../server/api.ts'

export interface Meant {
  kind: 'gpu' | 'worker'
  id: string
}

/** @throws Failure where there is none, or more than one */
export async function findGpu(api: Api, word: string): Promise<Meant> {
  const found = meantBy(await api.ask(GpuNamesDocument, {}), word)
  if (found.length === 1 && found[0]) return found[0]
  if (found.length > 1) throw new Failure('refused', `${word} may be any of ${found.length}: give more of it.`)
  throw new Failure('refused', `There is no worker or GPU ${word}. "constellation gpus" shows those that there are.`, {
    code: 'NOT_FOUND',
  })
}

/** Pure: whom a word may stand for, of what there is. */
export function meantBy({ workers, gpus }: GpuNamesQuery, word: string): Meant[] {
  const worker = (workers?.nodes ?? []).filter(({ id }) => id === word)
  if (worker.length > 0) return worker.map(({ id }) => ({ kind: 'worker', id }))
  const ofHost = (workers?.nodes ?? []).filter(({ hostname }) => hostname === word)
  const wanted = word.toLowerCase()
  const cards = (gpus?.nodes ?? []).filter(
    (gpu) =>
      gpu.id === word ||
      `${gpu.worker.id}/${gpu.index}` === word ||
      (wanted.length >= 4 && [gpu.uuid.toLowerCase(), bare(gpu.uuid)].some((uuid) => uuid.startsWith(wanted))),
  )
  return [
    ...ofHost.map(({ id }): Meant => ({ kind: 'worker', id })),
    ...cards.map(({ id }): Meant => ({ kind: 'gpu', id })),
  ]
}

/** Without what kind it is of, as lists show it. */
function bare(uuid: string): string {
  return uuid.toLowerCase().replace(/^(gpu|sim|mig)-/, '')
}
