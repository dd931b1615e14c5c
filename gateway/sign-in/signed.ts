// Who is signed in by a token, and for how long.
import type { Principal } from '@constellation/platform/identity.ts'

export interface Signed {
  principal: Principal
  /** When the token ends, in milliseconds since 1970. */
  expiresAt: number
  /** Calls back should the token be revoked before it ends, where it can be. Returns how to stop that. */
  onRevoked?(listener: () => void): () => void
}

/**
 * Who has this token, shown from this address.
 * @throws ConstellationError UNAUTHENTICATED where the token does not hold, saying why, and UNAVAILABLE where
 *   that cannot be said
 */
export type Authenticate = (token: string, address?: string) => Promise<Signed>
