import type { GpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordGpus } from '../fleet/record-capacity.ts'
import { closePeriod } from '../ledger/close-period.ts'
import { correctRun } from '../ledger/correct-run.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { repriceSome } from '../ledger/reprice.ts'
import { admin, at, fillNow, type Ledger, openLake, openLedger, runEvent, uuid } from '../testing.ts'
import { countOf, type Differences, describe as describeDifferences } from './differences.ts'
import { rebuildLedger } from './rebuild.ts'
import { reconcile } from './reconcile.ts'
import { logGpus, logRuns } from './testing.ts'

const HOUR = 3600
let ledger: Ledger
let opened: Awaited<ReturnType<typeof openLake>>
let database: Client
const sql = (text: string) => database.query(text)
const runId = (n: number) => uuid(1_000_000 + n)

beforeAll(async () => {
  ledger = await openLedger()
  database = new Client(ledger.adminUrl)
  await database.connect()
  await sql('SET search_path = usage')
})
afterAll(async () => {
  await database?.end()
  await ledger?.close()
})

/** A ledger with all that one has: prices, a correction, a closed month, runs of several hours and one that goes on. */
beforeEach(async () => {
  await ledger.empty()
  await sql(
    'TRUNCATE jobs.jobs, jobs.runs, jobs.run_gpus, jobs.events, gpus.events, gpus.gpu_rollups RESTART IDENTITY CASCADE',
  )
  const price = (perGpuHour: string, validFrom: string) =>
    savePrice(ledger.pool, admin, { model: '*', perGpuHour, currency: 'EUR', validFrom })
  await price('1.25', '2026-01-01T00:00:00Z')
  const runs = [
    runEvent(1, 0, 2.5 * HOUR, { utilisation: 40, energyJoules: 5_000, models: ['A100', 'H100'] }),
    runEvent(2, 100, 200.123, { account: 'team-b', models: [] }),
    // Into February, which stays open.
    runEvent(3, 11.5 * HOUR, 13 * HOUR, { state: 'failed' }),
    runEvent(4, 20 * HOUR, 22 * HOUR, { by: 'bob' }),
    runEvent(5, 23 * HOUR, null),
  ]
  await logRuns(database, runs)
  await recordRuns(ledger.pool, runs)
  await correctRun(ledger.pool, admin, { runId: runId(4), finishedAt: at(21 * HOUR), reason: 'It hung.' })
  while (await repriceSome(ledger.pool));
  await closePeriod(ledger.pool, admin, '2026-01')
  await price('2', at(20 * HOUR))
  while (await repriceSome(ledger.pool));
  await recordGpus(ledger.pool, await logGpus(database, [gpu(0), gpu(10)]))
})

function gpu(seconds: number): GpuEvent {
  return {
    id: 'gpus-0',
    ts: at(seconds),
    type: 'gpu.registered',
    gpu: {
      ...{ id: uuid(9_000_000), uuid: 'GPU-0', name: 'A100', totalMemoryMb: 81_920, simulated: true, workerId: 'w1' },
      ...{ present: true, inService: true },
    },
  }
}

const differing = (all: readonly Differences[]) => all.flatMap(({ what, count }) => (count > 0 ? [what] : []))
const sums = async () =>
  (await sql('SELECT sum(held_us)::text AS us, sum(cost)::text AS cost, sum(starts)::text AS runs FROM slices')).rows[0]

test('a ledger that nobody has touched is what its events make of it, and all agree with it', async () => {
  const { differences, events } = await rebuildLedger(ledger.adminUrl)
  expect(differing(differences)).toEqual([])
  expect(events).toBe(7)
  expect(differing(await reconcile(ledger.adminUrl))).toEqual([])
})

test('nothing of a rebuilding stays behind', async () => {
  await rebuildLedger(ledger.adminUrl)
  const { rows } = await sql(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'usage_rebuilt%'`)
  expect(rows).toEqual([])
})

describe('damage is found, told and mended:', () => {
  const ofFebruary = `hour >= '2026-02-01'`
  test.each([
    ['a slice that was lost', `DELETE FROM slices WHERE ${ofFebruary} AND run_id = '${runId(4)}'`, 'slices'],
    [
      'a slice that was made longer',
      `UPDATE slices SET to_at = hour + interval '59 minutes' WHERE ${ofFebruary} AND run_id = '${runId(3)}'`,
      'slices',
    ],
    [
      'a slice that was moved',
      `UPDATE slices SET from_at = from_at + interval '1 minute', to_at = to_at + interval '1 minute' WHERE run_id = '${runId(1)}' AND extract(minute FROM to_at) = 30`,
      'slices',
    ],
    [
      'a slice of a closed month that was lost',
      `DELETE FROM slices WHERE run_id = '${runId(1)}' AND hour = '${at(HOUR)}'`,
      'slices',
    ],
    [
      'a price on a slice of a closed month',
      `UPDATE slices SET per_gpu_hour = 9 WHERE run_id = '${runId(1)}'`,
      'slices',
    ],
    [
      'a slice that is there twice',
      `INSERT INTO slices (run_id, gpu_id, hour, entry, from_at, to_at, starts, model, per_gpu_hour, currency) SELECT run_id, gpu_id, hour, 1, from_at, to_at, starts, model, per_gpu_hour, currency FROM slices WHERE ${ofFebruary}`,
      'slices',
    ],
    ['a run that was lost', `DELETE FROM runs WHERE run_id = '${runId(4)}'`, 'runs'],
    ['an account that was changed', `UPDATE runs SET account = 'team-z' WHERE run_id = '${runId(3)}'`, 'runs'],
    [
      'an end that was changed',
      `UPDATE runs SET finished_at = finished_at + interval '1 day' WHERE run_id = '${runId(3)}'`,
      'runs',
    ],
    [
      'a GPU of a run that was lost',
      `DELETE FROM run_gpus WHERE run_id = '${runId(1)}' AND model = 'H100'`,
      'GPUs of runs',
    ],
    ['an hour that sums wrong', `UPDATE hourly SET held_us = held_us + 1`, 'sums by hour'],
    [
      'an hour that nobody used',
      `INSERT INTO hourly SELECT hour + interval '9 days', account, submitted_by, model, currency, 1, 1, 0, 0, 0, 0, 0 FROM hourly LIMIT 1`,
      'sums by hour',
    ],
    ['a fact of a GPU that was lost', `DELETE FROM gpu_facts WHERE event = 1`, 'capacity: GPUs'],
    ['a fact of a GPU that was changed', `UPDATE gpu_facts SET usable = false WHERE event = 2`, 'capacity: GPUs'],
  ])('%s', async (_, damage, what) => {
    const whole = await sums()
    const { rowCount } = await sql(damage)
    expect(rowCount).toBeGreaterThan(0)
    const found = await rebuildLedger(ledger.adminUrl, { apply: true })
    expect(differing(found.differences)).toContain(what)
    expect(differing((await rebuildLedger(ledger.adminUrl)).differences)).toEqual([])
    expect(differing(await reconcile(ledger.adminUrl))).toEqual([])
    expect(await sums()).toEqual(whole)
  })

  test('a run that nobody has run, which is taken away but for a closed month', async () => {
    await recordRuns(ledger.pool, [runEvent(8, 30 * HOUR, 31 * HOUR), runEvent(9, 10 * HOUR, 14 * HOUR)])
    await sql(`DELETE FROM events WHERE run_id IN ('${runId(8)}', '${runId(9)}')`)
    await rebuildLedger(ledger.adminUrl, { apply: true })
    const { differences } = await rebuildLedger(ledger.adminUrl)
    expect(differences.find(({ what }) => what === 'runs')).toMatchObject({
      count: 1,
      examples: [`run ${runId(9)}: should not be there`],
    })
  })
})

test('a closed month is mended by entries of its own, which are late, and what stood in it stays', async () => {
  await sql(`UPDATE runs SET finished_at = finished_at - interval '1 hour' WHERE run_id = '${runId(1)}'`)
  await sql(
    `UPDATE slices SET to_at = from_at + interval '1 minute' WHERE run_id = '${runId(1)}' AND hour = '${at(HOUR)}'`,
  )
  await rebuildLedger(ledger.adminUrl, { apply: true })
  const { rows } = await sql(`SELECT entry, sign, late, held_us::text AS us FROM slices
    WHERE run_id = '${runId(1)}' AND hour = '${at(HOUR)}' AND model = 'A100' ORDER BY entry`)
  expect(rows).toEqual([
    { entry: 0, sign: 1, late: false, us: '60000000' },
    { entry: 1, sign: -1, late: true, us: '-60000000' },
    { entry: 2, sign: 1, late: true, us: '3600000000' },
  ])
})

test('a run whose job was removed with its events is taken as it stands', async () => {
  await sql(`DELETE FROM jobs.events WHERE job_id = '${uuid(1)}'`)
  await sql(`DELETE FROM jobs.jobs WHERE id = '${uuid(1)}'`)
  await sql(`DELETE FROM jobs.runs WHERE job_id = '${uuid(1)}'`)
  const { differences, forgotten } = await rebuildLedger(ledger.adminUrl)
  expect([differing(differences), forgotten]).toEqual([[], 1])
  expect(differing(await reconcile(ledger.adminUrl))).toEqual([])
})

test('a price that is still to be applied is no difference, and damage beside it is one', async () => {
  const price = { model: 'H100', perGpuHour: '9', currency: 'EUR', validFrom: '2026-02-01T00:00:00Z' }
  await savePrice(ledger.pool, admin, price)
  expect(differing(await reconcile(ledger.adminUrl))).toEqual([])
  await sql(`DELETE FROM slices WHERE run_id = '${runId(3)}'`)
  expect(differing(await reconcile(ledger.adminUrl))).toContain('slices, against what their runs should have')
  while (await repriceSome(ledger.pool));
})

describe('what was told just now', () => {
  const news = [runEvent(6, 40 * HOUR, 41 * HOUR), runEvent(5, 23 * HOUR, 50 * HOUR)]

  test('may be on its way, and is not missing yet', async () => {
    await logRuns(database, news)
    await sql(`UPDATE jobs.events SET ts = now() WHERE run_id IN ('${runId(5)}', '${runId(6)}')`)
    expect(differing((await rebuildLedger(ledger.adminUrl)).differences)).toEqual([])
  })

  test('is missing when it should have come', async () => {
    await logRuns(database, news)
    const { differences } = await rebuildLedger(ledger.adminUrl)
    expect(differences.find(({ what }) => what === 'runs')?.count).toBe(2)
    expect(differing(await reconcile(ledger.adminUrl))).toEqual([
      'runs of the ledger, against those of the jobs service',
    ])
  })
})

describe('reconciling finds', () => {
  test.each([
    [
      'slices that are not what their run is',
      `DELETE FROM slices WHERE run_id = '${runId(3)}'`,
      ['slices, against what their runs should have', 'sums by hour, against slices'],
    ],
    [
      'sums that are not those of slices',
      'UPDATE hourly SET cost = cost + 0.0000000001',
      ['sums by hour, against slices'],
    ],
    [
      'runs that the jobs service has otherwise',
      `UPDATE jobs.runs SET state = 'cancelled' WHERE id = '${runId(3)}'`,
      ['runs of the ledger, against those of the jobs service'],
    ],
  ])('%s', async (_, damage, what) => {
    await sql(damage)
    const found = await reconcile(ledger.adminUrl)
    expect(differing(found)).toEqual(what)
    expect(countOf(found)).toBeGreaterThan(0)
  })

  test('energy that the GPUs have not measured', async () => {
    const measured = (joules: number) =>
      sql(`CREATE TABLE IF NOT EXISTS gpus.rollups_of_january PARTITION OF gpus.gpu_rollups
             FOR VALUES FROM ('2026-01-31') TO ('2026-02-01');
           DELETE FROM gpus.gpu_rollups;
           INSERT INTO gpus.gpu_rollups VALUES ('${at(0)}', '${uuid(1)}', '${runId(1)}', 15, 0, 0, 0, 0, 0, 0, 15, 0, 100, 0,
             0, 0, ${joules}, 0, 0)`)
    await measured(4_600)
    const found = await reconcile(ledger.adminUrl)
    expect(differing(found)).toEqual([])
    // Two of the three others have no GPU, or go on; of the rest nobody has measured anything.
    expect(found.at(-1)?.compared).toMatch(/^1 of 3 runs with GPUs that ended, 0.001 kWh by workers and 0.001 kWh by/)
    await measured(4_000)
    expect(describeDifferences(await reconcile(ledger.adminUrl))).toContain(
      `run ${runId(1)}: 5000 J, its GPUs measured 4000 J`,
    )
    expect(differing(await reconcile(ledger.adminUrl))).toEqual(['energy by run, against what its GPUs measured'])
  })

  describe('in the lake', () => {
    beforeEach(async () => {
      opened = await openLake(ledger.pool)
      await fillNow(opened.lake)
      return () => opened.close()
    })
    const reconcileAll = () => reconcile(ledger.adminUrl, opened.lake.directory)

    test('nothing where nothing is wrong, also before the newest entries are in files', async () => {
      expect(differing(await reconcileAll())).toEqual([])
      await recordRuns(ledger.pool, [runEvent(3, 11.5 * HOUR, 13 * HOUR)])
      await correctRun(ledger.pool, admin, { runId: runId(3), finishedAt: at(12.9 * HOUR), reason: 'It had ended.' })
      expect(differing(await reconcileAll())).toEqual([])
    })

    test('that it is of another ledger, and nothing of its files then', async () => {
      await sql('DELETE FROM lakes')
      expect(differing(await reconcileAll())).toEqual(['the lake, against the ledger that it should be of'])
      await fillNow(opened.lake)
      expect(differing(await reconcileAll())).toEqual([])
    })

    test('a slice that was changed without a trace, which a mended ledger brings to the files', async () => {
      await sql(`DELETE FROM slices WHERE run_id = '${runId(4)}'`)
      expect(differing(await reconcileAll())).toContain('files of the lake, against slices')
      await rebuildLedger(ledger.adminUrl, { apply: true })
      await fillNow(opened.lake)
      expect(differing(await reconcileAll())).toEqual([])
    })
  })
})
