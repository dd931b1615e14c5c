import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readSecrets } from '../sql/secrets.ts'
import { submitJob } from '../submit.ts'
import { alice, analyst, bob, claim, manager, operator, submitted, useBench, worker } from '../testing.ts'
import { giveSecrets } from './give-secrets.ts'
import { seal, unseal } from './seal.ts'
import { deleteSecret, listSecrets, saveSecret } from './secrets.ts'

const bench = await useBench({ emptied: true })

const save = (name: string, value: string, who = alice, account: string | null = null) =>
  saveSecret(bench.as(who), { name, value, account })
const names = async (who = alice, account: string | null = null) =>
  (await listSecrets(bench.as(who), account)).map((secret) => `${secret.account}/${secret.name}`)
const read = (...wanted: Parameters<typeof readSecrets>[2]) =>
  readSecrets(bench.database.pool, bench.as(alice).secretsKey, wanted)

describe('a secret', () => {
  test('is stored encrypted, replaced by its name, and read for runs alone', async () => {
    await save('HF_TOKEN', 'first')
    const { secret } = await save('HF_TOKEN', 'hunter2 ü').then((saved) =>
      'secret' in saved ? saved : { secret: null },
    )
    expect(secret).toMatchObject({ account: 'team-a', name: 'HF_TOKEN', updatedBy: 'alice' })
    expect(secret).not.toHaveProperty('value')
    const { rows } = await bench.database.pool.query('SELECT * FROM secrets')
    expect(rows).toHaveLength(1)
    expect(rows[0].sealed.toString('latin1')).not.toContain('hunter2')
    expect(await read({ account: 'team-a', names: ['HF_TOKEN'] })).toEqual([{ values: { HF_TOKEN: 'hunter2 ü' } }])
  })

  test('is read for many runs at once, and what is missing is named', async () => {
    await save('A', 'a of team-a')
    await save('A', 'a of team-b', bob)
    expect(
      await read(
        { account: 'team-b', names: ['A'] },
        { account: 'team-a', names: ['A', 'B'] },
        { account: 'team-a', names: [] },
      ),
    ).toEqual([{ values: { A: 'a of team-b' } }, { missing: ['B'] }, { values: {} }])
  })

  test.each([
    ['a name of no variable', 'A-B', 'x', 'name'],
    ['an empty value', 'A', '', 'value'],
    ['a value of more than 64 KiB', 'A', 'x'.repeat(65_537), 'value'],
    ['a NUL in its value', 'A', 'a\0b', 'value'],
  ])('with %s is refused', async (_, name, value, path) => {
    expect(await save(name, value)).toMatchObject({ problems: [{ path }] })
  })

  test('of an account of others is written by nobody but those who run the place', async () => {
    expect(await save('A', 'x', alice, 'team-b')).toMatchObject({ problems: [{ path: 'account' }] })
    expect(await save('A', 'x', operator, 'team-b')).toHaveProperty('secret')
    expect(await deleteSecret(bench.as(alice), 'team-b', 'A')).toBe(false)
    expect(await deleteSecret(bench.as(bob), null, 'A')).toBe(true)
    expect(await deleteSecret(bench.as(bob), null, 'A')).toBe(false)
    await expect(save('A', 'x', worker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(deleteSecret(bench.as(analyst), 'team-a', 'A')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('is known by name to its account, and to those who see everything', async () => {
    await save('A', 'x')
    await save('B', 'x', bob)
    expect(await names(alice)).toEqual(['team-a/A'])
    expect(await names(manager)).toEqual(['team-a/A'])
    expect(await names(alice, 'team-b')).toEqual([])
    expect(await names(analyst)).toEqual(['team-a/A', 'team-b/B'])
    expect(await names(operator, 'team-b')).toEqual(['team-b/B'])
    expect(await names(worker)).toEqual([])
  })
})

describe('a job with secrets', () => {
  test('keeps their names; their values are nowhere in what is stored', async () => {
    await save('TOKEN', 'hunter2')
    const result = await submitJob(bench.as(alice), { command: ['true'], secrets: ['TOKEN'] })
    expect(result).toMatchObject({ job: { params: { secrets: ['TOKEN'] } } })
    const { rows } = await bench.database.pool.query('SELECT j, e FROM jobs j JOIN events e ON e.job_id = j.id')
    expect(JSON.stringify(rows)).not.toContain('hunter2')
  })

  test.each([
    ['one that the account does not have', { secrets: ['A', 'OTHER'] }, 'secrets.1'],
    ['one that env gives too', { secrets: ['A'], env: { A: '1' } }, 'secrets'],
    ['one twice', { secrets: ['A', 'A'] }, 'secrets'],
  ])('is refused for %s', async (_, input, path) => {
    await save('A', 'x')
    await save('OTHER', 'x', bob)
    expect(await submitJob(bench.as(alice), { command: ['true'], ...input })).toMatchObject({ problems: [{ path }] })
  })
})

describe('a run', () => {
  const claimedWith = async () => giveSecrets(bench.as(worker), await claim(bench, worker, [], 9))

  test('is given the secrets of its job as they are when it is claimed', async () => {
    await save('TOKEN', 'old')
    await submitted(bench, { name: 'with', secrets: ['TOKEN'] })
    await submitted(bench, { name: 'without' })
    await save('TOKEN', 'new')
    const given = await claimedWith()
    expect(given.map(({ job, secrets }) => [job.name, secrets])).toEqual([
      ['with', { TOKEN: 'new' }],
      ['without', {}],
    ])
  })

  test('whose secret was removed does not start, and its job says so', async () => {
    await save('TOKEN', 'x')
    const { id } = await submitted(bench, { secrets: ['TOKEN'], maxRetries: 3 })
    await submitted(bench, { name: 'other' })
    await deleteSecret(bench.as(alice), null, 'TOKEN')
    expect((await claimedWith()).map(({ job }) => job.name)).toEqual(['other'])
    expect(await bench.as(alice).loaders.job.load(id)).toMatchObject({
      state: 'failed',
      reason: 'Not started: team-a has no secret TOKEN any more.',
    })
  })
})

test('what was sealed opens with its key, for its place, and unchanged only', () => {
  const key = randomBytes(32)
  const place = { account: 'a', name: 'N' }
  const sealed = seal(key, place, 'value')
  expect(unseal(key, place, sealed)).toBe('value')
  expect(seal(key, place, 'value').equals(sealed)).toBe(false)
  expect(() => unseal(randomBytes(32), place, sealed)).toThrow()
  expect(() => unseal(key, { account: 'b', name: 'N' }, sealed)).toThrow()
  for (const at of [0, 14, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(() => unseal(key, place, changed)).toThrow()
  }
})
