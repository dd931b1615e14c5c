// Signing in on another device: a code is shown here and typed there (RFC 8628).
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { note } from '../view/output.ts'
import { plain } from '../view/text.ts'
import { askForTokens, askIssuer, audienceOf, type IssuerTokens, type SignInService } from './issuer.ts'

const begun = v.object({
  device_code: v.string(),
  user_code: v.string(),
  verification_uri: v.pipe(v.string(), v.url()),
  verification_uri_complete: v.optional(v.pipe(v.string(), v.url())),
  expires_in: v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)),
  interval: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(600)), 5),
})

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
/** By so many seconds more is waited where the issuer asks for it. */
const SLOWER_SECONDS = 5

/** @throws Failure where it was refused, or nobody has typed the code in time */
export async function signInByDevice(at: SignInService, endpoint: string): Promise<IssuerTokens> {
  const started = await askIssuer(endpoint, { client_id: at.clientId, scope: at.scope, ...audienceOf(at) }, begun)
  if (!('answer' in started)) throw new Failure('signedOut', plain(started.message))
  const { answer } = started
  note(`Open ${plain(answer.verification_uri_complete ?? answer.verification_uri)}`)
  note(`and check, or type, the code ${plain(answer.user_code)}`)
  const end = performance.now() + answer.expires_in * 1_000
  let { interval } = answer
  while (performance.now() < end) {
    await delay(interval * 1_000)
    const fields = { grant_type: GRANT, device_code: answer.device_code, client_id: at.clientId }
    const given = await askForTokens(at.tokenEndpoint, fields)
    if ('answer' in given) return given.answer
    if (given.refused === 'slow_down') interval += SLOWER_SECONDS
    else if (given.refused !== 'authorization_pending') throw new Failure('signedOut', plain(given.message))
  }
  throw new Failure('signedOut', 'Nobody has typed the code in time. Sign in again.')
}
