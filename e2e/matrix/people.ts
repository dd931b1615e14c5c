// The principals of the matrix, and their tokens.
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Principal } from '@constellation/platform/identity.ts'

/** In the order of the table's columns; null is who has no token. */
export const PEOPLE = {
  nobody: null,
  owner: { id: 'owners-self', role: 'user', accounts: ['owners-account'] },
  other: { id: 'bob', role: 'user', accounts: ['bobs-account'] },
  manager: { id: 'mona', role: 'account-manager', accounts: ['owners-account'] },
  analyst: { id: 'ann', role: 'analyst', accounts: [] },
  operator: { id: 'otto', role: 'operator', accounts: ['operations'] },
  admin: { id: 'ada', role: 'admin', accounts: ['operations'] },
  worker: { id: 'worker-elsewhere', role: 'worker', accounts: [] },
} as const satisfies Record<string, Principal | null>

export type Person = keyof typeof PEOPLE
export const NAMES = Object.keys(PEOPLE).filter((name): name is Person => Object.hasOwn(PEOPLE, name))

/** A token for each, of the stack's own issuer. */
export async function mintTokens(home: string): Promise<ReadonlyMap<Person, string>> {
  const issuer = await loadIssuer(home)
  const tokens = new Map<Person, string>()
  for (const name of NAMES) {
    const who = PEOPLE[name]
    if (!who) continue
    const { id: subject, role, accounts } = who
    tokens.set(name, await mintToken(issuer, { subject, role, accounts, ttlSeconds: 3_600 }))
  }
  return tokens
}
