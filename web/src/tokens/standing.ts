// Whether a token still holds.

/** What stands in place of its end, at this time in milliseconds since 1970. */
export function standingOf(
  token: { revokedAt: string | null; expiresAt: string },
  now: number,
): 'holds' | 'revoked' | 'ended' {
  if (token.revokedAt !== null) return 'revoked'
  return Date.parse(token.expiresAt) <= now ? 'ended' : 'holds'
}
