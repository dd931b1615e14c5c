import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Principal } from '@constellation/platform/identity.ts'
import { tableFromIPC } from 'apache-arrow'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UsageExportFormat } from '../generated/resolvers.ts'
import { literal } from '../lake/columns.ts'
import { readManifest } from '../lake/manifest.ts'
import { publish } from '../lake/publish.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { admin, at, fillNow, type Ledger, openLake, openLedger, runEvent } from '../testing.ts'
import { claimExport, finishExport } from './claim-export.ts'
import { removeExpired } from './files.ts'
import { askFiles, csvTexts, openExports, sha256Of } from './testing.ts'

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let opened: ReturnType<typeof openExports>
beforeAll(async () => {
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
  opened = openExports(ledger.pool, lake)
  await savePrice(ledger.pool, admin, { model: '*', perGpuHour: '1.23456789', currency: 'EUR', validFrom: at(0) })
  await recordRuns(ledger.pool, [
    runEvent(1, 0, 2 * 3600 + 0.001, { models: ['A100', 'H100'], utilisation: 50, energyJoules: 1000 }),
    runEvent(2, 60, 120, { account: 'team-b', by: 'bob, "the" builder', state: 'failed' }),
  ])
  await fillNow(lake.lake)
  await recordRuns(ledger.pool, [runEvent(3, 100, 200, { by: 'carol' }), runEvent(4, 0, 10, { models: [] })])
})
afterAll(async () => {
  await lake?.close()
  await ledger?.close()
})
beforeEach(() => ledger.pool.query('TRUNCATE exports'))

const alice: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
const SUMS = `count(*) AS n, sum(held_us) AS held, sum(cost) AS cost, count(DISTINCT run_id) AS runs,
  sum(energy_mj) AS energy, count(utilised_us) AS measured, min(from_at)::VARCHAR AS from_at, max(to_at)::VARCHAR AS to_at`

async function ledgerSums() {
  const { rows } = await ledger.pool.query(
    `SELECT count(*)::text AS n, sum(held_us)::text AS held, sum(cost)::text AS cost, count(DISTINCT run_id)::text AS runs,
       sum(energy_mj)::text AS energy, count(utilised_us)::text AS measured FROM slices`,
  )
  return rows[0]
}

describe('a file has the rows of the ledger, from files and tail alike, exactly', () => {
  test.each<[UsageExportFormat, (path: string) => string]>([
    ['PARQUET', (path) => `read_parquet(${literal(path)})`],
    ['CSV', (path) => `read_csv(${literal(path)}, types = {'cost': 'DECIMAL(28,10)', 'run_id': 'VARCHAR'})`],
  ])('as %s', async (format, from) => {
    const { done, path } = await opened.take(admin, { format })
    const [sums] = await askFiles(`SELECT ${SUMS} FROM ${from(path)}`)
    expect(sums).toMatchObject(await ledgerSums())
    expect(sums?.to_at).toBe('2026-01-31 14:00:00.001')
    expect(done).toMatchObject({ rows: Number(sums?.n), sha256: await sha256Of(path), progress: 1, problem: null })
    expect(done.bytes).toBe((await readFile(path)).length)
    const names = await askFiles(`SELECT DISTINCT submitted_by AS name FROM ${from(path)} ORDER BY 1`)
    expect(names.map(({ name }) => name)).toEqual(['alice', 'bob, "the" builder', 'carol'])
  })

  test('as ARROW, nulls and decimals too', async () => {
    const { done, path } = await opened.take(admin, { format: 'ARROW' })
    const table = tableFromIPC(await readFile(path))
    const sums = await ledgerSums()
    expect(done).toMatchObject({ rows: table.numRows, sha256: await sha256Of(path) })
    expect(String(table.numRows)).toBe(sums.n)
    const all = (name: string) => [...(table.getChild(name) ?? [])]
    expect(String(all('held_us').reduce((sum, us) => sum + us, 0n))).toBe(sums.held)
    expect(String(all('utilised_us').filter((us) => us !== null).length)).toBe(sums.measured)
    const cost = all('cost').reduce((sum, words) => sum + (words === null ? 0n : BigInt(String(words))), 0n)
    expect(cost).toBe(BigInt(sums.cost.replace('.', '')))
    expect(table.schema.fields.find(({ name }) => name === 'cost')?.type.toString()).toBe('Decimal[28e+10]')
    expect(new Set(all('submitted_by'))).toEqual(new Set(['alice', 'bob, "the" builder', 'carol']))
    expect(new Set(all('provisional'))).toEqual(new Set([false]))
    const latest = all('to_at').reduce((most, ms) => Math.max(most, ms), 0)
    expect(latest).toBe(Date.parse(at(7200.001)))
  })
})

describe('whose rows are in it', () => {
  const usersOf = async (who: Principal, filter = {}) => {
    const { path } = await opened.take(who, { format: 'CSV', filter })
    const rows = await askFiles(`SELECT DISTINCT submitted_by AS name FROM ${csvTexts(path)} ORDER BY 1`)
    return rows.map(({ name }) => name)
  }

  test('a user has their own, whatever the filter', async () => {
    expect(await usersOf(alice)).toEqual(['alice'])
    expect(await usersOf(alice, { users: ['carol'] })).toEqual([])
  })

  test('an account manager has the account', async () => {
    expect(await usersOf({ id: 'max', role: 'account-manager', accounts: ['team-a'] })).toEqual(['alice', 'carol'])
  })

  test('an analyst has all, or what the filter says', async () => {
    const analyst: Principal = { id: 'ann', role: 'analyst', accounts: [] }
    expect(await usersOf(analyst)).toEqual(['alice', 'bob, "the" builder', 'carol'])
    expect(await usersOf(analyst, { accounts: ['team-b'] })).toEqual(['bob, "the" builder'])
  })

  test('a worker has none', async () => {
    const worker: Principal = { id: 'w', role: 'worker', accounts: [] }
    await expect(opened.exports.request(worker, { format: 'CSV' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('another sees nothing of it, and cannot call it off', async () => {
    const { id } = await opened.exports.request(admin, { format: 'CSV' })
    expect(await opened.exports.find(alice, id)).toBeNull()
    expect(await opened.exports.list(alice)).toEqual([])
    await expect(opened.exports.cancel(alice, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(opened.exports.cancel(alice, 'no id')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the queue', () => {
  test('gives an export to one process, and another export to another', async () => {
    const ids = [1, 2].map(() => opened.exports.request(admin, { format: 'CSV' }))
    const wanted = (await Promise.all(ids)).map(({ id }) => id)
    const claimed = await Promise.all([1, 2, 3].map(() => claimExport(ledger.pool)))
    expect(claimed.flatMap((one) => one?.id ?? []).toSorted()).toEqual(wanted.toSorted())
  })

  test('gives what a process that died was writing to the next, and does not let the dead one finish it', async () => {
    const { id } = await opened.exports.request(admin, { format: 'CSV' })
    const dead = await claimExport(ledger.pool)
    expect(await opened.writeNext()).toBe(false)
    await ledger.pool.query(`UPDATE exports SET claimed_until = now() - interval '1 second'`)
    expect(await opened.writeNext()).toBe(true)
    expect(await opened.exports.find(admin, id)).toMatchObject({ state: 'DONE' })
    if (!dead) throw new Error('It was claimed.')
    expect(await finishExport(ledger.pool, dead, { rows: 0, bytes: 0, sha256: '', completeFrom: null })).toBe(false)
  })

  test('gives up what has killed three', async () => {
    const { id } = await opened.exports.request(admin, { format: 'CSV' })
    for (const _ of [1, 2, 3]) {
      expect(await claimExport(ledger.pool)).toBeDefined()
      await ledger.pool.query(`UPDATE exports SET claimed_until = now() - interval '1 second'`)
    }
    expect(await claimExport(ledger.pool)).toBeUndefined()
    expect(await opened.exports.find(admin, id)).toMatchObject({ state: 'FAILED', link: null })
  })

  test('takes back what is being written when the process stops', async () => {
    const { id } = await opened.exports.request(admin, { format: 'CSV' })
    expect(await opened.writeNext(AbortSignal.abort())).toBe(true)
    expect(await opened.exports.find(admin, id)).toMatchObject({ state: 'QUEUED' })
    expect(await opened.writeNext()).toBe(true)
    expect(await opened.exports.find(admin, id)).toMatchObject({ state: 'DONE' })
  })

  test('tells of what cannot be written, after three times', async () => {
    const { id } = await opened.exports.request(admin, { format: 'CSV' })
    const files = join(lake.lake.directory, 'slices')
    await rename(files, `${files}-gone`)
    for (const _ of [1, 2, 3]) expect(await opened.writeNext()).toBe(true)
    await rename(`${files}-gone`, files)
    expect(await opened.writeNext()).toBe(false)
    const failed = await opened.exports.find(admin, id)
    expect(failed).toMatchObject({ state: 'FAILED', problem: 'It could not be written.' })
  })
})

test('of one person there are so many at a time', async () => {
  await Promise.all([1, 2, 3, 4, 5].map(() => opened.exports.request(alice, { format: 'CSV' })))
  const sixth = opened.exports.request(alice, { format: 'CSV' })
  await expect(sixth).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 60 })
  await opened.exports.request(admin, { format: 'CSV' })
  const [newest] = await opened.exports.list(alice)
  expect(await opened.exports.cancel(alice, newest?.id ?? '')).toMatchObject({ state: 'CANCELLED', link: null })
  await opened.exports.request(alice, { format: 'CSV' })
})

test('the file of an export that was called off, or is expired, is removed; that of another stays', async () => {
  const files = () => readdir(join(lake.lake.directory, 'exports'))
  await removeExpired(ledger.pool, lake.lake.directory)
  const [kept, cancelled, expired] = [
    await opened.take(admin, { format: 'CSV' }),
    await opened.take(admin, { format: 'CSV' }),
    await opened.take(admin, { format: 'CSV' }),
  ]
  expect(await files()).toHaveLength(3)
  await opened.exports.cancel(admin, cancelled.done.id)
  await ledger.pool.query("UPDATE exports SET expires_at = now() - interval '1 s' WHERE id = $1", [expired.done.id])
  await removeExpired(ledger.pool, lake.lake.directory)
  expect(await files()).toEqual([kept.path.split('/').at(-1)])
  expect(await opened.exports.find(admin, expired.done.id)).toBeNull()
})

test.each([
  ['a range that cuts through an hour', { format: 'CSV', range: { from: at(1) } }, 'input.range.from'],
  ['FOCUS of all time', { format: 'FOCUS' }, 'input.range'],
  ['FOCUS of years', { format: 'FOCUS', range: { from: at(0), to: '2028-01-01T00:00:00Z' } }, 'input.range'],
] as const)('%s is refused', async (_, input, path) => {
  await expect(opened.exports.request(admin, input)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    problems: [{ path }],
  })
})

test('an export that is asked for while the lake is made anew waits until it is there, and has lost no attempt', async () => {
  const { id } = await opened.exports.request(admin, { format: 'CSV' })
  await ledger.pool.query('DELETE FROM lakes')
  // It is looked at again with the next round, not at once.
  for (const _ of [1, 2, 3, 4]) expect(await opened.writeNext()).toBe(false)
  expect(await opened.exports.find(admin, id)).toMatchObject({ state: 'QUEUED', problem: null })
  await fillNow(lake.lake)
  expect(await opened.writeNext()).toBe(true)
  expect(await opened.exports.find(admin, id)).toMatchObject({
    state: 'DONE',
    rows: Number((await ledgerSums()).n),
  })
})

test('an export of months that are kept no longer says from when on it is complete', async () => {
  expect((await opened.take(admin, { format: 'CSV' })).done.completeFrom).toBeNull()
  const before = await readManifest(lake.lake.directory)
  await publish(lake.lake, { ...before, version: before.version + 1, from: '2026-02-01', files: [] }, [])
  const { done } = await opened.take(admin, { format: 'CSV' })
  expect(done).toMatchObject({ rows: 0, completeFrom: '2026-02-01T00:00:00.000Z' })
})
