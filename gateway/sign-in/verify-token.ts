// Whether a signed token holds: of one of the issuer's keys, meant for us, and not over.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { refusal } from './refusal.ts'

/** The public keys of one issuer. */
export interface IssuerKeys {
  /** Looks for changes, where it is time to. It does not throw. */
  refresh(): Promise<void>
  find: JWTVerifyGetKey
}

export interface Issuer {
  /** The `iss` of its tokens. */
  name: string
  audience: string
  keys: IssuerKeys
}

/** Public keys alone: with a shared secret, whoever may check a token could make one. */
const ALGORITHMS = ['ES256', 'RS256', 'EdDSA']
const CLOCK_TOLERANCE_SECONDS = 5

/**
 * What the token claims, checked.
 * @throws ConstellationError UNAUTHENTICATED where it does not hold, UNAVAILABLE where its keys cannot be had
 */
export async function verifyToken(token: string, { name, audience, keys }: Issuer): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.find, {
      algorithms: ALGORITHMS,
      issuer: name,
      audience,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'exp'],
    })
    return payload
  } catch (error) {
    if (error instanceof ConstellationError) throw error
    throw refusal(error instanceof errors.JWTExpired ? 'The token has expired.' : 'The token is not valid.', error)
  }
}
