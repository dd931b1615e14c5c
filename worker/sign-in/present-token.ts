// The token that the worker works with: the one in its file, or where that only enrols it, the one that it gets for it.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { type Dispatcher, request } from 'undici'
import * as v from 'valibot'
import { readToken } from './token.ts'

/** What a worker works with. */
export interface Presented {
  token: string
  /** How it logs in to NATS, where that goes with the token. */
  nats?: { user: string; password: string } | undefined
}

const text = v.pipe(v.string(), v.maxLength(8_192))
const answer = v.object({ token: text, nats: v.optional(v.object({ user: text, password: text })) })
const TIMEOUT_MS = 10_000

/** @throws ConstellationError UNAVAILABLE where trying again may help; Error where the file holds no token, or one that is refused */
export async function presentToken(gatewayUrl: string, tokenFile: string, dispatcher?: Dispatcher): Promise<Presented> {
  const kept = await readToken(tokenFile)
  return kept.startsWith('cst_') ? await exchange(gatewayUrl, kept, dispatcher) : { token: kept }
}

async function exchange(gatewayUrl: string, kept: string, dispatcher: Dispatcher | undefined): Promise<Presented> {
  const url = `${gatewayUrl.replace(/\/+$/, '')}/worker-token`
  const options = {
    method: 'POST',
    headers: { authorization: `Bearer ${kept}` },
    ...(dispatcher && { dispatcher }),
  } as const
  let status: number
  let body: string
  try {
    const reply = await request(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) })
    status = reply.statusCode
    body = await reply.body.text()
  } catch (error) {
    throw new ConstellationError('UNAVAILABLE', `The gateway at ${gatewayUrl} could not be reached.`, { cause: error })
  }
  if (status === 401 || status === 403) {
    throw new ConstellationError('UNAUTHENTICATED', 'The gateway refused the token that enrols this worker.')
  }
  if (status !== 200) throw new ConstellationError('UNAVAILABLE', `The gateway gave no token: status ${status}.`)
  return v.parse(answer, JSON.parse(body))
}
