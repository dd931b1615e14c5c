import { createHash } from 'node:crypto'
import type { Principal } from '@constellation/platform/identity.ts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Bench, empty, log, openBench } from '../testing.ts'
import { createApiToken } from './api-tokens.ts'
import { checkApiToken } from './check-token.ts'
import { createNoteOwner, lowerRole, noteOwner } from './owners.ts'

const olga: Principal = { id: 'olga', role: 'operator', accounts: ['a', 'b', 'c'] }

let bench: Bench
let hash: string
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  await empty(bench)
  const made = await createApiToken(bench.as(olga), { name: 'x', scopes: ['OPERATE'], accounts: ['c', 'a'] })
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  hash = createHash('sha256').update(made.secret).digest('hex')
})

const check = () => checkApiToken(bench.as(olga), hash)

test('a token does no more than its owner may now, nor than it was given', async () => {
  expect(await check()).toMatchObject({ role: 'operator', accounts: ['c', 'a'] })
  await noteOwner(bench.database.pool, { id: 'olga', role: 'user', accounts: ['a', 'd'] })
  expect(await check()).toMatchObject({ role: 'user', accounts: ['a'] })
  await noteOwner(bench.database.pool, { id: 'olga', role: 'admin', accounts: ['a', 'b', 'c', 'd'] })
  expect(await check()).toMatchObject({ role: 'operator', accounts: ['c', 'a'] })
})

test('an owner is noted when seen, once; tokens and workers are not', async () => {
  const asked = vi.spyOn(bench.database.pool, 'query')
  const see = createNoteOwner(bench.database.pool, log)
  const less: Principal = { ...olga, role: 'user' }
  see({ ...less, scopes: ['READ'] })
  see({ ...less, role: 'worker' })
  expect(asked).not.toHaveBeenCalled()
  see({ ...less, id: 'otto' })
  see(less)
  see(less)
  expect(asked).toHaveBeenCalledTimes(2)
  asked.mockRestore()
  await vi.waitFor(async () => expect(await check()).toMatchObject({ role: 'user', accounts: ['c', 'a'] }))
})

test('the lower of two roles is the one that may do less', () => {
  expect(lowerRole('admin', 'user')).toBe('user')
  expect(lowerRole('user', 'admin')).toBe('user')
  expect(lowerRole('operator', 'account-manager')).toBe('account-manager')
})
