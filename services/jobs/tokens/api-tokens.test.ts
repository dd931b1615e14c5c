import { createHash } from 'node:crypto'
import type { Principal } from '@constellation/platform/identity.ts'
import { describe, expect, test } from 'vitest'
import type { CreateApiTokenInput } from '../generated/resolvers.ts'
import { alice, bob, useBench, worker } from '../testing.ts'
import { createApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts'
import { checkApiToken } from './check-token.ts'
import { enrolWorker } from './enrol-worker.ts'
import { noteOwner } from './owners.ts'

const ABSENT = '00000000-0000-4000-8000-000000000000'
const admin: Principal = { id: 'root', role: 'admin', accounts: [] }

const bench = await useBench({ emptied: true })

const ask = (input: Partial<CreateApiTokenInput> = {}, who = alice) =>
  createApiToken(bench.as(who), { name: 'nightly', scopes: ['READ'], ...input })

async function made(input: Partial<CreateApiTokenInput> = {}, who = alice) {
  const result = await ask(input, who)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
const check = (secret: string) => checkApiToken(bench.as(alice), hashOf(secret))
const store = (set: string) => bench.database.pool.query(`UPDATE api_tokens SET ${set}`)

describe('the token that enrols a worker', () => {
  test('is made by administrators alone, and is no business of a person of the same name', async () => {
    const made = await enrolWorker(bench.as(admin), 'gpu-host_7')
    if ('problems' in made) throw new Error(JSON.stringify(made.problems))
    const known = { id: made.token.id, owner: 'gpu-host_7', role: 'worker', accounts: [] }
    expect(await check(made.secret)).toMatchObject(known)
    const namesake: Principal = { id: 'gpu-host_7', role: 'user', accounts: ['team-a'] }
    await noteOwner(bench.database.pool, namesake)
    expect(await check(made.secret)).toMatchObject(known)
    expect(await listApiTokens(bench.as(namesake))).toEqual([])
    expect(await revokeApiToken(bench.as(namesake), made.token.id)).toBeNull()
    for (const who of [alice, worker, { ...admin, scopes: ['OPERATE' as const] }]) {
      await expect(enrolWorker(bench.as(who), 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
    expect(await enrolWorker(bench.as(admin), 'a.b')).toMatchObject({ problems: [{ path: 'name' }] })
  })
})

describe('an API token', () => {
  test('is known by its hash, stands for its owner, and is stored nowhere', async () => {
    const { token, secret } = await made({ scopes: ['SUBMIT', 'READ', 'READ'] })
    expect(secret).toMatch(/^cst_[0-9a-f-]{36}_[\w-]{43}$/)
    expect(secret).toContain(token.id)
    expect(await check(secret)).toMatchObject({
      id: token.id,
      owner: 'alice',
      role: 'user',
      accounts: ['team-a'],
      scopes: ['READ', 'SUBMIT'],
    })
    const { rows } = await bench.database.pool.query('SELECT t::text AS row FROM api_tokens t')
    expect(rows[0].row).not.toContain(secret.slice(-43))
  })

  test('that is made up is none', async () => {
    const { secret } = await made()
    expect(await check(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
    expect(await checkApiToken(bench.as(alice), '%')).toBeNull()
  })

  test('ends when it is over', async () => {
    const { secret } = await made()
    await store("expires_at = now() - interval '1 ms'")
    expect(await check(secret)).toBeNull()
  })

  test('says when it was last used, written at most once a minute', async () => {
    const { secret } = await made()
    const lastUse = async () => (await listApiTokens(bench.as(alice)))[0]?.lastUsedAt
    expect(await lastUse()).toBeNull()
    await check(secret)
    const first = await lastUse()
    expect(first).toBeInstanceOf(Date)
    await check(secret)
    expect(await lastUse()).toEqual(first)
    await store("last_used_at = now() - interval '61 s'")
    await check(secret)
    expect(Number(await lastUse())).toBeGreaterThanOrEqual(Number(first))
  })

  test('is revoked by its owner at once, and stays so', async () => {
    const { token, secret } = await made()
    bench.said.length = 0
    const revoked = await revokeApiToken(bench.as(alice), token.id)
    expect(revoked?.revokedAt).toBeInstanceOf(Date)
    expect(bench.said).toEqual([`tokenRevoked ${token.id}`])
    expect(await check(secret)).toBeNull()
    expect(await revokeApiToken(bench.as(alice), token.id)).toEqual(revoked)
  })

  test("is another's business for administrators alone: to others it is not there", async () => {
    const { token, secret } = await made()
    expect(await listApiTokens(bench.as(bob))).toEqual([])
    expect(await revokeApiToken(bench.as(bob), token.id)).toBeNull()
    expect(await revokeApiToken(bench.as(bob), ABSENT)).toBeNull()
    expect(await revokeApiToken(bench.as(bob), 'no id')).toBeNull()
    expect(await check(secret)).not.toBeNull()
    expect(await listApiTokens(bench.as(admin))).toMatchObject([{ id: token.id, owner: 'alice' }])
    expect(await revokeApiToken(bench.as(admin), token.id)).toMatchObject({ id: token.id })
  })

  test('makes and ends no tokens, and workers have none', async () => {
    const { token } = await made()
    const script: Principal = { ...alice, scopes: ['READ', 'SUBMIT', 'OPERATE'] }
    for (const who of [script, worker]) {
      await expect(ask({}, who)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(revokeApiToken(bench.as(who), token.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  test.each<[string, Partial<CreateApiTokenInput>]>([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['scopes', { scopes: [] }],
    ['accounts.0', { accounts: ['team-b'] }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['expiresAt', { expiresAt: '2999-01-01T00:00:00Z' }],
    ['expiresAt', { expiresAt: 'tomorrow' }],
  ])('is not made with a wrong %s: %j', async (path, input) => {
    expect(await ask(input)).toMatchObject({ problems: [{ path }] })
    expect(await listApiTokens(bench.as(alice))).toEqual([])
  })

  test('is one of at most a hundred that hold', async () => {
    await bench.database.pool.query(`INSERT INTO api_tokens (hash, name, owner, role, accounts, owner_role, owner_accounts, scopes, expires_at)
      SELECT sha256(n::text::bytea), 'x', 'alice', 'user', '{}', 'user', '{}', '{READ}', now() + interval '1 h' FROM generate_series(1, 100) n`)
    expect(await ask()).toMatchObject({ problems: [{ path: '' }] })
    await store('revoked_at = now()')
    await made()
  })
})
