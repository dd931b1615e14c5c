import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { correctRun } from '../ledger/correct-run.ts'
import { recordRuns } from '../ledger/record.ts'
import { admin, at, fillNow, type Ledger, openLake, openLedger, runEvent, uuid } from '../testing.ts'
import { mustBeCaughtUp } from './caught-up.ts'
import { readManifest } from './manifest.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger?.close())
beforeEach(() => ledger.empty())

const refusal = (message: RegExp) => ({ code: 'UNAVAILABLE', message: expect.stringMatching(message) })
const COUNT = { select: 'SELECT count(*)::INTEGER AS slices FROM slices', values: [] }

describe('a lake that is far behind the ledger', () => {
  test('is not asked until it is filled', async () => {
    const { lake, analyst, close } = await openLake(ledger.pool, { mostBehind: 3 })
    try {
      await recordRuns(ledger.pool, [runEvent(1, 0, 10), runEvent(2, 20, 30), runEvent(3, 40, 50)])
      expect((await analyst.ask(COUNT)).rows).toEqual([{ slices: 3 }])
      await recordRuns(ledger.pool, [runEvent(4, 60, 70)])
      await expect(analyst.ask(COUNT)).rejects.toMatchObject(refusal(/^Usage is being brought up to date: 0 slices/))
      await fillNow(lake)
      expect((await analyst.ask(COUNT)).rows).toEqual([{ slices: 4 }])
    } finally {
      await close()
    }
  })

  test('says how much is there, of what PostgreSQL knows, and counts days that are stale as lacking', async () => {
    const { lake, close } = await openLake(ledger.pool)
    try {
      await recordRuns(ledger.pool, [runEvent(1, 0, 10), runEvent(2, 20, 30), runEvent(3, 90_000, 90_010)])
      await fillNow(lake)
      const full = await readManifest(lake.directory)
      await mustBeCaughtUp(ledger.pool, full, 0)
      await recordRuns(ledger.pool, [runEvent(4, 100_000, 100_010)])
      await ledger.pool.query('ANALYZE slices')
      await mustBeCaughtUp(ledger.pool, full, 1)
      await expect(mustBeCaughtUp(ledger.pool, full, 0)).rejects.toMatchObject(refusal(/about 75 % is there/))
      await correctRun(ledger.pool, admin, { runId: uuid(1_000_001), finishedAt: at(9), reason: 'It had ended.' })
      await expect(mustBeCaughtUp(ledger.pool, full, 1)).rejects.toMatchObject(refusal(/about 25 % is there/))
    } finally {
      await close()
    }
  })
})
