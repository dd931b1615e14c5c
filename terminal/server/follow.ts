// A subscription over as many connections as it takes.
import { setTimeout as delay } from 'node:timers/promises'
import { Failure } from '../failure.ts'
import type { TypedDocumentString } from '../generated/documents.ts'
import type { Api, Told } from './api.ts'

interface Following<Variables> {
  /** Asked for before each connection, so that it begins where the last one has ended. */
  variables(): Variables
  signal: AbortSignal
  /** Goes on where not even the first connection could be made. */
  patient?: boolean
  /** The place to go on from is kept no longer: true where `variables` has another one now. */
  onGone?(): boolean
  /** The connection was lost, or is there again. */
  onLink?(isThere: boolean): void
}

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5_000

/**
 * Each result as it comes, until the server has completed or the signal is aborted.
 * @throws Failure where it is refused
 */
export async function* follow<Result, Variables>(
  api: Api,
  document: TypedDocumentString<Result, Variables>,
  { variables, signal, patient = false, onGone, onLink }: Following<Variables>,
): AsyncGenerator<Told<Result>> {
  let wasThere = patient
  let pauseMs = FIRST_PAUSE_MS
  while (!signal.aborted) {
    try {
      for await (const told of api.stream(document, variables(), signal)) {
        wasThere = true
        pauseMs = FIRST_PAUSE_MS
        onLink?.(true)
        yield told
      }
      return
    } catch (error) {
      if (signal.aborted) return
      if (!(isGone(error) && onGone?.()) && !(wasThere && mayPass(error))) throw error
    }
    onLink?.(false)
    await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Failure && error.code === 'GONE'
}

function mayPass(error: unknown): boolean {
  return error instanceof Failure && (error.kind === 'unreachable' || error.code === 'RATE_LIMITED')
}
