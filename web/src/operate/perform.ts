import type { Client } from '@urql/core'
import {
  CordonGpuDocument,
  CordonWorkerDocument,
  DrainGpuDocument,
  DrainWorkerDocument,
  ReturnGpuDocument,
  ReturnWorkerDocument,
} from '../generated/documents.ts'
import { sayError } from '../shared/say-error.ts'
import type { Action, Target } from './actions.ts'
import { words } from './words.ts'

/** Has the server do it. Answers with what went wrong, or undefined. */
export async function perform(
  client: Client,
  action: Action,
  { kind, id }: Target,
  reason: string,
): Promise<string | undefined> {
  const { error } = await ask(client, action, kind, id, reason)
  return error ? `${words.failed[action]} ${sayError(error)}` : undefined
}

function ask(client: Client, action: Action, kind: Target['kind'], id: string, reason: string) {
  const ofGpu = kind === 'gpu'
  switch (action) {
    case 'cordon':
      return client.mutation(ofGpu ? CordonGpuDocument : CordonWorkerDocument, { id, reason }).toPromise()
    case 'drain':
      return client.mutation(ofGpu ? DrainGpuDocument : DrainWorkerDocument, { id, reason }).toPromise()
    case 'return':
      return client.mutation(ofGpu ? ReturnGpuDocument : ReturnWorkerDocument, { id }).toPromise()
  }
}
