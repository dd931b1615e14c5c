import { ConstellationError } from '@constellation/platform/errors.ts'
import { expect, test } from 'vitest'
import { limitSignIns } from '../limits/sign-ins.ts'
import type { Audit } from './audit.ts'
import { auditSignIns } from './doors.ts'

test('a token that is shown at a socket is refused and recorded by the address that showed it, and by no other', async () => {
  const signed = { principal: { id: 'alice', role: 'user' as const, accounts: [] }, expiresAt: 0 }
  const check = async (token: string) => {
    if (token === 'good') return signed
    throw new ConstellationError('UNAUTHENTICATED', 'no')
  }
  const refused: unknown[] = []
  const audit: Pick<Audit, 'refuse'> = { refuse: ({ address, via, error }) => refused.push([address, via, error]) }
  const signIn = auditSignIns(limitSignIns(check, { perSecond: 0.001, burst: 1 }), audit, 'socket')
  for (const token of ['bad1', 'bad2']) await signIn(token, '192.0.2.1').catch(() => undefined)
  expect(refused).toEqual([
    ['192.0.2.1', 'socket', 'UNAUTHENTICATED'],
    ['192.0.2.1', 'socket', 'RATE_LIMITED'],
  ])
  expect(await signIn('good', '192.0.2.2')).toBe(signed)
})
