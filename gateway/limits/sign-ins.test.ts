import { ConstellationError } from '@constellation/platform/errors.ts'
import { expect, test } from 'vitest'
import type { Authenticate } from '../sign-in/signed.ts'
import { limitSignIns } from './sign-ins.ts'

const signed = { principal: { id: 'alice', role: 'user' as const, accounts: [] }, expiresAt: 0 }

function counting(): { authenticate: Authenticate; checked: string[] } {
  const checked: string[] = []
  return {
    checked,
    async authenticate(token) {
      checked.push(token)
      if (token.startsWith('good')) return signed
      throw new ConstellationError(token === 'down' ? 'UNAVAILABLE' : 'UNAUTHENTICATED', 'no')
    },
  }
}

const size = { perSecond: 0.001, burst: 2 }
const codeOf = (error: unknown) => (error instanceof ConstellationError ? error.code : error)

test('after some failures an address is told to wait, and its tokens are not looked at', async () => {
  const { authenticate, checked } = counting()
  const limited = limitSignIns(authenticate, size)
  const codes: unknown[] = []
  for (const token of ['bad1', 'bad2', 'bad3', 'good']) codes.push(await limited(token, 'a').catch(codeOf))
  expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED', 'RATE_LIMITED'])
  expect(checked).toEqual(['bad1', 'bad2'])
})

test('other addresses, and who has been in already, are not affected', async () => {
  const limited = limitSignIns(counting().authenticate, size)
  await limited('good', 'a')
  for (const token of ['bad1', 'bad2', 'bad3']) await limited(token, 'a').catch(codeOf)
  expect(await limited('good', 'a')).toBe(signed)
  expect(await limited('good2', 'b')).toBe(signed)
})

test('what is no fault of the token does not count', async () => {
  const limited = limitSignIns(counting().authenticate, size)
  for (let i = 0; i < 5; i++) expect(await limited('down', 'a').catch(codeOf)).toBe('UNAVAILABLE')
})
