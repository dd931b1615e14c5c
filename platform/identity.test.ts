import { describe, expect, test, vi } from 'vitest'
import { mayChangeJob, maySeeJob, type Principal, ROLES, vouch, vouchedPrincipal } from './identity.ts'

const secret = 'a secret of the tests, 32 characters'
const alice: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }

describe('a vouched request', () => {
  test('tells who asks', () => {
    expect(vouchedPrincipal(secret, vouch(secret, alice, '{}'), '{}')).toEqual(alice)
  })

  test.each<[string, (headers: Record<string, string>) => [Record<string, string>, string]]>([
    ['another body', (headers) => [headers, '{} ']],
    [
      'another principal',
      (headers) => [
        { ...headers, 'x-constellation-principal': Buffer.from('{"id":"root"}').toString('base64url') },
        '{}',
      ],
    ],
    ['another time', (headers) => [{ ...headers, 'x-constellation-sent-at': String(Date.now() + 1) }, '{}']],
    ['no signature', ({ 'x-constellation-signature': _, ...headers }) => [headers, '{}']],
    ['a cut signature', (headers) => [{ ...headers, 'x-constellation-signature': 'AA' }, '{}']],
  ])('with %s is refused', (_, forge) => {
    const [headers, body] = forge(vouch(secret, alice, '{}'))
    expect(() => vouchedPrincipal(secret, headers, body)).toThrow('gateway only')
  })

  test('is refused when it is old', () => {
    vi.useFakeTimers()
    const headers = vouch(secret, alice, '{}')
    vi.setSystemTime(Date.now() + 61_000)
    expect(() => vouchedPrincipal(secret, headers, '{}')).toThrow('gateway only')
    vi.useRealTimers()
  })
})

test.each(ROLES)('the role %s has a rule for the jobs of others', (role) => {
  const who: Principal = { id: 'x', role, accounts: ['team-a'] }
  const sees = { user: false, 'account-manager': false, analyst: true, operator: true, admin: true, worker: false }[
    role
  ]
  expect(maySeeJob(who, { account: 'team-b', submittedBy: 'y' })).toBe(sees)
  expect(mayChangeJob(who, { account: 'team-b', submittedBy: 'y' })).toBe(sees && role !== 'analyst')
})
