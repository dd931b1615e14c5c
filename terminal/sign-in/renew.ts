// A token of an issuer's, renewed before its end and kept for whoever comes next.
import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { type Context, readContexts, writeContexts } from '../server/contexts.ts'
import { askForTokens, audienceOf, tokenOf } from './issuer.ts'

interface Held {
  name: string
  context: Context
  file: string
  /** The token that the server has just turned away. */
  refused: string | undefined
}

/** With less than this left it is renewed, in milliseconds. */
const EARLY_MS = 30_000
const payload = v.object({ exp: v.number() })

/** @throws Failure where one must sign in again */
export async function renewed({ name, context, file, refused }: Held): Promise<Context> {
  if (context.token !== refused && !endsSoon(context.token)) return context
  // Somebody else may have done it: a refresh token works once.
  const { contexts } = await readContexts(file)
  const latest = contexts[name] ?? context
  if (latest.token !== refused && !endsSoon(latest.token)) return latest
  const next = await renew(latest)
  const now = await readContexts(file)
  await writeContexts(file, { ...now, contexts: { ...now.contexts, [name]: next } })
  return next
}

async function renew(context: Context): Promise<Context> {
  const { issuer } = context
  if (!issuer?.refresh) return context
  const fields = {
    grant_type: 'refresh_token',
    client_id: issuer.clientId,
    refresh_token: issuer.refresh,
    ...audienceOf(issuer),
  }
  const given = await askForTokens(issuer.tokenEndpoint, fields)
  const token = 'answer' in given ? tokenOf(issuer, given.answer) : undefined
  if (!('answer' in given) || token === undefined) {
    throw new Failure(
      'signedOut',
      `The session at ${new URL(issuer.issuer).host} has ended. Sign in with "constellation login ${context.url}".`,
    )
  }
  return { ...context, token, issuer: { ...issuer, refresh: given.answer.refresh_token ?? issuer.refresh } }
}

/** A token that does not say when it ends is left to the server. */
function endsSoon(token: string): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return v.parse(payload, claims).exp * 1_000 - Date.now() < EARLY_MS
  } catch {
    return false
  }
}
