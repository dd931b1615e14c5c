// Checks a bearer's token: signed by one of the keys in the JWKS file, meant for us, and not over.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { type Principal, principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import * as v from 'valibot'
import { boundedMap } from './bounded-map.ts'

interface Signed {
  principal: Principal
  /** When the token ends, in milliseconds since 1970. */
  expiresAt: number
}

/**
 * Who has this token, shown from this address.
 * @throws ConstellationError UNAUTHENTICATED where the token does not hold, saying why
 */
export type Authenticate = (token: string, address?: string) => Promise<Signed>

interface TokenOptions {
  jwksFile: string
  issuer: string
  audience: string
  log: Logger
}

const ALGORITHMS = ['ES256', 'EdDSA']
const CLOCK_TOLERANCE_SECONDS = 5
/** A longer token is refused unread, in characters. */
const MAX_LENGTH = 8_192
/** Checked tokens that are remembered, since checking one signature costs as much as a whole request. */
const REMEMBERED = 10_000
/** The file of keys is looked at no more often than this, in milliseconds. */
const LOOK_AGAIN_MS = 1_000

/**
 * Checks tokens from now on.
 * @throws Error where the file of keys cannot be read
 */
export async function createAuthenticate(options: TokenOptions): Promise<Authenticate> {
  const remembered = boundedMap<string, Signed>(REMEMBERED)
  const keys = await watchKeys(options, () => remembered.clear())
  return async (token) => {
    if (token.length > MAX_LENGTH) throw refusal('The token is too long.')
    await keys.refresh()
    const key = createHash('sha256').update(token).digest('base64')
    const known = remembered.get(key)
    if (known && known.expiresAt > Date.now()) return known
    const signed = readClaims(await verify(token, keys, options))
    remembered.set(key, signed)
    return signed
  }
}

type Keys = Awaited<ReturnType<typeof watchKeys>>

/** The keys in the file. `onChange` runs after other ones were read. */
async function watchKeys({ jwksFile, log }: TokenOptions, onChange: () => void) {
  let version = await versionOf(jwksFile)
  let keySet = await readKeys(jwksFile)
  let lookedAt = Date.now()
  return {
    current: () => keySet,
    /** Reads the file again where it has changed. A damaged file is logged, and the keys stay as they were. */
    async refresh({ now = false } = {}): Promise<void> {
      if (!now && Date.now() - lookedAt < LOOK_AGAIN_MS) return
      lookedAt = Date.now()
      try {
        const present = await versionOf(jwksFile)
        if (present === version) return
        keySet = await readKeys(jwksFile)
        version = present
        onChange()
      } catch (error) {
        log.error({ err: error }, 'could not read the keys of tokens again')
      }
    },
  }
}

async function versionOf(file: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(file)
  return `${ino} ${size} ${mtimeMs}`
}

async function readKeys(file: string) {
  return createLocalJWKSet(JSON.parse(await readFile(file, 'utf8')))
}

async function verify(token: string, keys: Keys, { issuer, audience }: TokenOptions): Promise<JWTPayload> {
  const check = async () =>
    await jwtVerify(token, keys.current(), {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'exp'],
    })
  try {
    return (await check()).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw refusalFor(error)
  }
  // The key may have been added since the file was last looked at.
  await keys.refresh({ now: true })
  try {
    return (await check()).payload
  } catch (error) {
    throw refusalFor(error)
  }
}

function readClaims({ sub, exp, role, accounts }: JWTPayload): Signed {
  const result = v.safeParse(principal, { id: sub, role, accounts })
  if (!result.success || exp === undefined) throw refusal('The token does not say who you are.')
  return { principal: result.output, expiresAt: exp * 1_000 }
}

function refusalFor(error: unknown): ConstellationError {
  const text = error instanceof errors.JWTExpired ? 'The token has ended.' : 'The token does not hold.'
  return refusal(text, error)
}

function refusal(message: string, cause?: unknown): ConstellationError {
  return new ConstellationError('UNAUTHENTICATED', message, { cause })
}
