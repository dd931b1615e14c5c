// The public keys of an OIDC issuer: found by discovery, fetched once, and fetched again when they may have changed.
import type { Logger } from '@constellation/platform/log.ts'
import { createRemoteJWKSet, customFetch, type FetchImplementation, type RemoteJWKSet } from 'jose'
import type { Discovery } from './discover.ts'
import { issuerAway } from './refusal.ts'
import type { IssuerKeys } from './verify-token.ts'

export interface OidcTimes {
  /** An answer of the issuer may take this long. */
  limitMs: number
  /** An unknown key has them fetched again no sooner than this after the last time, whoever makes up such keys. */
  coolDownMs: number
  /** Known keys are looked at again after this long, so that a withdrawn one is not taken for ever. */
  lookAgainMs: number
  /** After a failure they are fetched no sooner than this: until then it fails at once. */
  pauseMs: number
}

const TIMES: OidcTimes = { limitMs: 5_000, coolDownMs: 30_000, lookAgainMs: 600_000, pauseMs: 5_000 }

interface OidcKeysOptions {
  discovery: Discovery
  log: Logger
  /** Runs after other keys were fetched. */
  onChange: () => void
  times?: Partial<OidcTimes>
}

/** The issuer's keys. With the issuer away, the keys that are known go on. */
export function createOidcKeys({ discovery, log, onChange, times: given }: OidcKeysOptions): IssuerKeys {
  const times = { ...TIMES, ...given }
  let keySet: RemoteJWKSet | undefined
  let lookedAt = Date.now()
  let known: string | undefined

  async function open(): Promise<RemoteJWKSet> {
    const { jwks_uri } = await discovery.read()
    keySet ??= createRemoteJWKSet(new URL(jwks_uri), {
      timeoutDuration: times.limitMs,
      cooldownDuration: times.coolDownMs,
      // They are looked at again below, without anybody waiting for it, and kept where that fails.
      cacheMaxAge: Number.POSITIVE_INFINITY,
      [customFetch]: fetchGently(times.pauseMs),
    })
    return keySet
  }

  function noteChange(): void {
    const present = JSON.stringify(keySet?.jwks())
    if (known !== undefined && present !== known) onChange()
    known = present
  }

  return {
    async refresh() {
      if (!keySet || Date.now() - lookedAt < times.lookAgainMs) return
      lookedAt = Date.now()
      keySet.reload().then(noteChange, (error: unknown) => log.warn({ err: error }, 'could not fetch the keys again'))
    },
    async find(header, token) {
      const key = await (keySet ?? (await open()))(header, token)
      noteChange()
      return key
    },
  }
}

/** Fetches keys; after a failure it fails at once for a while, so that nobody waits again and again for the same. */
function fetchGently(pauseMs: number): FetchImplementation {
  let failedAt = Number.NEGATIVE_INFINITY
  return async (url, init) => {
    if (performance.now() - failedAt < pauseMs) throw issuerAway()
    try {
      const answer = await fetch(url, init)
      if (answer.status !== 200) throw new Error(`The keys were answered for with status ${answer.status}.`)
      return answer
    } catch (error) {
      failedAt = performance.now()
      throw issuerAway(error)
    }
  }
}
