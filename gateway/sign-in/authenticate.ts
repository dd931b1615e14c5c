// Who a bearer's token is for: signed by the stack's own issuer or by the OIDC issuer, or an API token.
import { hash } from 'node:crypto'
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decodeJwt } from 'jose'
import type { CheckApiToken } from './api-tokens.ts'
import type { Oidc } from './oidc.ts'
import { createOidcKeys } from './oidc-keys.ts'
import { watchOwnKeys } from './own-keys.ts'
import { readOidcClaims, readOwnClaims } from './read-claims.ts'
import { refusal } from './refusal.ts'
import type { Authenticate, Signed } from './signed.ts'
import { type Issuer, verifyToken } from './verify-token.ts'

interface TokenOptions {
  jwksFile: string
  issuer: string
  audience: string
  /** Without it only the stack's own issuer signs people in. */
  oidc?: Oidc | undefined
  /** Without it there are no API tokens. */
  checkApiToken?: CheckApiToken
  log: Logger
}

/** A longer token is refused unread, in characters. */
const MAX_LENGTH = 8_192
/** Checked tokens that are remembered, since checking one signature costs as much as a whole request. */
const REMEMBERED = 10_000

/**
 * Checks tokens from now on.
 * @throws Error where the file of keys cannot be read
 */
export async function createAuthenticate(options: TokenOptions): Promise<Authenticate> {
  const { checkApiToken } = options
  const newMemory = () => boundedMap<string, Signed>(REMEMBERED)
  let remembered = newMemory()
  const issuers = await openIssuers(options, () => {
    remembered = newMemory()
  })
  return async (token) => {
    if (token.length > MAX_LENGTH) throw refusal('The token is too long.')
    if (token.startsWith('cst_') && checkApiToken) return await checkApiToken(token)
    await Promise.all(issuers.map(({ keys }) => keys.refresh()))
    const key = hash('sha256', token, 'base64')
    // Should the keys change while this token is checked, it may have been checked with the old ones: it is
    // then remembered where nobody looks any more.
    const memory = remembered
    const known = memory.get(key)
    if (known && known.expiresAt > Date.now()) return known
    const signed = await readToken(token, issuers)
    memory.set(key, signed)
    return signed
  }
}

type Reading = Issuer & { readClaims: typeof readOwnClaims }

async function openIssuers(options: TokenOptions, onChange: () => void): Promise<readonly [Reading, ...Reading[]]> {
  const { jwksFile, issuer, audience, oidc, log } = options
  const keys = await watchOwnKeys(jwksFile, log, onChange)
  const own: Reading = { name: issuer, audience, keys, readClaims: readOwnClaims }
  if (!oidc) return [own]
  const other: Reading = {
    name: oidc.issuer,
    audience: oidc.audience,
    keys: createOidcKeys({ ...oidc, log, onChange }),
    readClaims: (claims) => readOidcClaims(claims, oidc.claims),
  }
  return [own, other]
}

async function readToken(token: string, issuers: readonly [Reading, ...Reading[]]): Promise<Signed> {
  // What the token says here decides only whose keys it is checked with.
  const name = issuerOf(token)
  const issuer = issuers.find((each) => each.name === name) ?? issuers[0]
  const claims = await verifyToken(token, issuer)
  return { principal: issuer.readClaims(claims), expiresAt: (claims.exp ?? 0) * 1_000 }
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined // No token that can be read: checking it says so.
  }
}
