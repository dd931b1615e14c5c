// What an OIDC issuer says of itself at its well-known address.
import type { Logger } from '@constellation/platform/log.ts'
import * as v from 'valibot'
import { issuerAway } from './refusal.ts'

const address = v.pipe(v.string(), v.url(), v.maxLength(2_048))
const metadata = v.object({
  issuer: address,
  jwks_uri: address,
  authorization_endpoint: address,
  token_endpoint: address,
  end_session_endpoint: v.optional(address),
})

type IssuerMetadata = v.InferOutput<typeof metadata>

export interface Discovery {
  /** @throws ConstellationError UNAVAILABLE where the issuer does not say, or says something else */
  read(): Promise<IssuerMetadata>
  /** The same, where it is known. */
  known(): IssuerMetadata | undefined
}

const LIMIT_MS = 5_000
/** After a failure it is asked again no sooner than this, in milliseconds. */
const PAUSE_MS = 5_000

/** Asks when first needed, and then remembers for as long as the process lives. */
export function createDiscovery(issuer: string, log: Logger, pauseMs = PAUSE_MS): Discovery {
  let found: IssuerMetadata | undefined
  let asking: Promise<IssuerMetadata> | undefined
  let failedAt = Number.NEGATIVE_INFINITY

  async function ask(): Promise<IssuerMetadata> {
    try {
      found = await discover(issuer)
      return found
    } catch (error) {
      failedAt = performance.now()
      log.warn({ err: error, issuer }, 'the OIDC issuer cannot be asked about itself')
      throw issuerAway(error)
    } finally {
      asking = undefined
    }
  }

  return {
    known: () => found,
    async read() {
      if (found) return found
      if (!asking && performance.now() - failedAt < pauseMs) throw issuerAway()
      asking ??= ask()
      return await asking
    },
  }
}

/** @throws Error where there is no answer in time, or another issuer's */
async function discover(issuer: string): Promise<IssuerMetadata> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(LIMIT_MS),
    redirect: 'error',
  })
  if (answer.status !== 200) throw new Error(`The issuer answered with status ${answer.status}.`)
  const found = v.parse(metadata, await answer.json())
  // Else another's keys would speak for it.
  if (found.issuer !== issuer) throw new Error(`The issuer calls itself ${found.issuer}.`)
  return found
}
