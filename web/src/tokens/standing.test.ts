import { expect, test } from 'vitest'
import { standingOf } from './standing.ts'

const NOON = '2026-01-31T12:00:00.000Z'
const at = Date.parse(NOON)

test('a token holds until its end, or until it is revoked', () => {
  expect(standingOf({ revokedAt: null, expiresAt: NOON }, at - 1)).toBe('holds')
  expect(standingOf({ revokedAt: null, expiresAt: NOON }, at)).toBe('ended')
  expect(standingOf({ revokedAt: NOON, expiresAt: NOON }, at - 1)).toBe('revoked')
})
