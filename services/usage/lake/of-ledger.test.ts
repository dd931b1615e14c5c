import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordRuns } from '../ledger/record.ts'
import { fillNow, type Ledger, openLake, openLedger, runEvent, uuid } from '../testing.ts'
import { compactOne } from './compact.ts'
import { readManifest } from './manifest.ts'
import { announceState } from './of-ledger.ts'
import { keep } from './publish.ts'
import { readTail } from './tail.ts'

let ledger: Ledger
/** The one that is there after a restore: fewer transactions, fewer runs. */
let restored: Ledger
beforeAll(async () => {
  ledger = await openLedger()
  restored = await openLedger()
})
afterAll(async () => {
  await ledger?.close()
  await restored?.close()
})

let before: Awaited<ReturnType<typeof openLake>>
let after: typeof before
beforeEach(async () => {
  await ledger.empty()
  await restored.empty()
  before = await openLake(ledger.pool)
  after = await openLake(restored.pool, { directory: before.lake.directory })
  await recordRuns(
    ledger.pool,
    [1, 2, 3].map((n) => runEvent(n, 0, 10)),
  )
  await fillNow(before.lake)
})
afterEach(async () => {
  await after.close()
  await before.close()
})

const RUNS = { select: 'SELECT coalesce(sum(starts), 0)::INTEGER AS runs FROM slices', values: [] }
const REFUSAL = { code: 'UNAVAILABLE', message: expect.stringMatching(/^Usage is being made ready again/) }

describe('a lake of another ledger than the one there is', () => {
  test('is not asked, and is made anew', async () => {
    await recordRuns(restored.pool, [runEvent(1, 0, 10)])
    await expect(after.analyst.ask(RUNS)).rejects.toMatchObject(REFUSAL)
    const { directory } = before.lake
    // Nor is it exported.
    await expect(readTail(restored.pool, directory, await readManifest(directory))).rejects.toMatchObject(REFUSAL)
    await fillNow(after.lake)
    expect((await after.analyst.ask(RUNS)).rows).toEqual([{ runs: 1 }])
    expect((await readManifest(directory)).files.map(({ rows }) => rows)).toEqual([1])
  })

  test('is asked again, though nothing is in the new one', async () => {
    await fillNow(after.lake)
    expect((await after.analyst.ask(RUNS)).rows).toEqual([{ runs: 0 }])
  })
})

/** Puts the ledger's own account of its lakes back to what it was. */
const goBack = (pool: Pool, version: number) => pool.query('UPDATE lakes SET version = $1', [version])

test('a lake that went on after the copy of the database that was put back is made anew', async () => {
  const { lake, analyst } = before
  await recordRuns(ledger.pool, [runEvent(4, 0, 10)])
  await fillNow(lake)
  // As a copy from before has it: the fourth run is not there, and the lake is at its first state.
  await goBack(ledger.pool, 1)
  await ledger.pool.query('DELETE FROM slices WHERE run_id = $1', [uuid(1_000_004)])
  await expect(analyst.ask(RUNS)).rejects.toMatchObject(REFUSAL)
  // Nor does any other work make it believed again.
  await expect(compactOne(lake)).rejects.toThrow('not of this ledger')
  await expect(analyst.ask(RUNS)).rejects.toMatchObject(REFUSAL)
  await fillNow(lake)
  expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 3 }])
})

test('a lake that does not say of which ledger it is is made anew', async () => {
  const { lake, analyst } = before
  const { ledger: _, ...state } = await readManifest(lake.directory)
  await keep(lake.directory, { ...state, version: state.version + 1 })
  await expect(analyst.ask(RUNS)).rejects.toMatchObject(REFUSAL)
  await fillNow(lake)
  expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 3 }])
})

test('one of this ledger goes on from where it was, also after a state that was announced and never came', async () => {
  const { lake, analyst } = before
  const { files, version, ledger: id } = await readManifest(lake.directory)
  await announceState(ledger.pool, { version: version + 1, ledger: id })
  expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 3 }])
  await recordRuns(ledger.pool, [runEvent(4, 0, 10)])
  await fillNow(lake)
  expect(await readManifest(lake.directory)).toMatchObject({ version: version + 1, ledger: id })
  expect((await readManifest(lake.directory)).files).toEqual([...files, expect.objectContaining({ rows: 1 })])
  expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 4 }])
})
