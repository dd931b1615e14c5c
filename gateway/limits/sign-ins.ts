// Bounds how many tokens that do not hold are checked for one address. Whoever has shown a token that holds
// stays in meanwhile: many people may share an address.
import { hash } from 'node:crypto'
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Authenticate } from '../sign-in/signed.ts'
import { rateLimited } from './admission.ts'
import { createRateLimit } from './rate-limit.ts'
import type { BucketSize } from './token-bucket.ts'

/** Failures of one address. */
const FAILURES: BucketSize = { perSecond: 10, burst: 200 }
/** Tokens that are known to have held. */
const KNOWN = 10_000

/** The same check, which answers RATE_LIMITED unread where too many tokens of the address did not hold of late. */
export function limitSignIns(authenticate: Authenticate, size: BucketSize = FAILURES): Authenticate {
  const failures = createRateLimit(size)
  const known = boundedMap<string, true>(KNOWN)
  return async (token, address = '') => {
    const digest = hash('sha256', token, 'base64')
    const waitMs = failures.waitFor(address, 1)
    if (waitMs > 0 && !known.get(digest)) {
      throw rateLimited('Too many tokens from your address did not hold.', waitMs)
    }
    try {
      const signed = await authenticate(token, address)
      known.set(digest, true)
      return signed
    } catch (error) {
      if (error instanceof ConstellationError && error.code === 'UNAUTHENTICATED') failures.take(address, 1)
      throw error
    }
  }
}
