// From the claims of a token to who its bearer is.
import { type Principal, principal, type Role } from '@constellation/platform/identity.ts'
import type { JWTPayload } from 'jose'
import * as v from 'valibot'
import { refusal } from './refusal.ts'

/** Where an issuer's tokens say who somebody is: names of claims, or paths such as `realm_access.roles`. */
export interface ClaimNames {
  subject: string
  role: string
  accounts: string
}

/** Who the stack's own issuer says that it is. @throws ConstellationError UNAUTHENTICATED where it does not */
export function readOwnClaims(claims: JWTPayload): Principal {
  return check({ id: claims.sub, role: claims.role, accounts: claims.accounts })
}

/**
 * Who an OIDC issuer says that it is. Of several roles the one that may do most counts; names that are no roles
 * are other systems' groups. Workers are not its to name: their names are given with their tokens.
 * @throws ConstellationError UNAUTHENTICATED where it does not say
 */
export function readOidcClaims(claims: JWTPayload, names: ClaimNames): Principal {
  return check({
    id: claimOf(claims, names.subject),
    role: highestRole(listOf(claimOf(claims, names.role))),
    accounts: [...new Set(listOf(claimOf(claims, names.accounts) ?? []))],
  })
}

/** Roles of people, the one that may do most first. */
const BY_POWER: readonly Role[] = ['admin', 'operator', 'account-manager', 'analyst', 'user']

function highestRole(names: readonly unknown[]): Role | undefined {
  return BY_POWER.find((role) => names.includes(role))
}

/** A claim by its whole name, as names may be URLs, or else by its path. */
function claimOf(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  const inside = (value: unknown, part: string) => new Map(Object.entries(Object(value))).get(part)
  return name.split('.').reduce<unknown>(inside, claims)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

function check(claimed: object): Principal {
  const result = v.safeParse(principal, claimed)
  if (!result.success) throw refusal('The token does not say who you are.')
  return result.output
}
