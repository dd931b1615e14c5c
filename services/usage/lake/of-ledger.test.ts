import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordRuns } from '../ledger/record.ts'
import { fillNow, type Ledger, openLake, openLedger, runEvent } from '../testing.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { nextState, publish } from './publish.ts'
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
const REFUSAL = { code: 'UNAVAILABLE', message: expect.stringMatching(/as the database was restored/) }

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

test.each([
  [
    'whose log has gone another way since',
    ({ ledger = '', ...state }: Manifest) => ({ ...state, ledger: `${ledger}1` }),
  ],
  ['that it does not name', ({ ledger: _, ...state }: Manifest) => state],
])('so is one of a ledger %s', async (_, change) => {
  const { lake, analyst } = before
  const state = await readManifest(lake.directory)
  await publish(lake, { ...change(state), version: nextState(state).version }, [])
  await expect(analyst.ask(RUNS)).rejects.toMatchObject(REFUSAL)
  await fillNow(lake)
  expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 3 }])
  expect((await readManifest(lake.directory)).ledger).toBe(state.ledger)
})

test('one of this ledger goes on from where it was', async () => {
  const { lake, analyst } = before
  const { files } = await readManifest(lake.directory)
  await recordRuns(ledger.pool, [runEvent(4, 0, 10)])
  await fillNow(lake)
  expect((await readManifest(lake.directory)).files).toEqual([...files, expect.objectContaining({ rows: 1 })])
  expect((await analyst.ask(RUNS)).rows).toEqual([{ runs: 4 }])
})
