// What the ledger's numbers mean, each definition as a property of random runs. Those of answers are beside what gives them:
// windows, waits, what goes on, zones, versions and cursors in report/, capacity in fleet/.
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { admin, at, type Ledger, openLedger, runEvent, uuid } from '../testing.ts'
import { closePeriod } from './close-period.ts'
import { correctRun } from './correct-run.ts'
import { correctSlices } from './correct-slices.ts'
import { savePrice } from './prices.ts'
import { recordRuns } from './record.ts'
import { repriceSome } from './reprice.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await openLedger()
})
afterAll(() => ledger?.close())
beforeEach(() => ledger.empty())

const select = async (text: string, values: unknown[] = []) => (await ledger.pool.query(text, values)).rows
const runId = (n: number) => uuid(1_000_000 + n)

/** Prices that were set are applied. */
async function settle(): Promise<void> {
  while (await repriceSome(ledger.pool));
}

const price = (model: string, perGpuHour: string, from: string) =>
  savePrice(ledger.pool, admin, { model, perGpuHour, currency: 'EUR', validFrom: from })

/** Random runs: to the millisecond, up to three days long, over hours and the end of a month. */
const runs = fc.uniqueArray(
  fc.record({
    n: fc.integer({ min: 1, max: 500 }),
    from: fc.integer({ min: -90_000_000, max: 90_000_000 }),
    length: fc.oneof(fc.constantFrom(0, 1, 3_600_000), fc.integer({ min: 0, max: 259_200_000 })),
    models: fc.array(fc.constantFrom('A100', 'H100'), { maxLength: 4 }),
    account: fc.constantFrom('team-a', 'team-b'),
    state: fc.constantFrom('completed' as const, 'failed' as const),
    utilisation: fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined }),
  }),
  { selector: ({ n }) => n, minLength: 1, maxLength: 12 },
)
type Run = ReturnType<typeof runs.generate>['value'][number]

const started = (run: Run) => runEvent(run.n, run.from / 1000, null, run)
const ended = (run: Run) => runEvent(run.n, run.from / 1000, (run.from + run.length) / 1000, run)

/** Checks the property for random runs, each time in an empty ledger. */
const hold = (check: (some: Run[], gen: fc.GeneratorValue) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(runs, fc.gen(), check).beforeEach(() => ledger.empty()),
    { numRuns: 25 },
  )

/** Every row of the ledger, but when and by which transaction it was written. */
const whole = () =>
  select(`SELECT to_jsonb(s) - 'entered_at' - 'changed' AS row FROM slices s ORDER BY run_id, gpu_id, hour, entry`)

test('the slices of a run are within hours of UTC, touch each other, and sum to the run for each of its GPUs', () =>
  hold(async (some) => {
    await recordRuns(ledger.pool, some.map(ended))
    const sums = await select(
      `SELECT run_id, count(DISTINCT gpu_id) FILTER (WHERE model <> '')::integer AS gpus, sum(held_us)::bigint AS us,
           sum(starts)::integer AS starts, bool_and(hour = date_trunc('hour', from_at, 'UTC')) AS within FROM slices GROUP BY 1`,
    )
    const expected = some.map(({ n, length, models }) => {
      const us = String(models.length * length * 1000)
      return { run_id: runId(n), gpus: models.length, us, starts: 1, within: true }
    })
    expect(new Set(sums)).toEqual(new Set(expected))
    const [gaps] = await select(
      `SELECT count(*)::integer AS n FROM (
           SELECT to_at, lead(from_at) OVER (PARTITION BY run_id, gpu_id ORDER BY hour) AS next FROM slices) s
         WHERE next <> to_at`,
    )
    expect(gaps).toEqual({ n: 0 })
  }))

test('an interval is half open: of two runs that meet on a GPU, each microsecond is of one, and it has its start', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 3600), runEvent(2, 3600, 3600.001), runEvent(3, 3600.001, 7200)])
  expect(
    await select(`SELECT run_id, hour = '${at(3600)}' AS second, held_us, starts FROM slices ORDER BY run_id, hour`),
  ).toEqual([
    { run_id: runId(1), second: false, held_us: '3600000000', starts: 1 },
    { run_id: runId(2), second: true, held_us: '1000', starts: 1 },
    { run_id: runId(3), second: true, held_us: '3599999000', starts: 1 },
  ])
})

test('each attempt of a job counts, and what every one held that did not succeed is wasted', async () => {
  const states = ['failed', 'lost', 'preempted', 'cancelled', 'completed'] as const
  await recordRuns(
    ledger.pool,
    states.map((state, i) => runEvent(i, i * 10, i * 10 + 2 ** i, { state, attempt: { job: 1, number: i + 1 } })),
  )
  expect(
    await select('SELECT sum(runs)::integer AS runs, sum(held_us) AS held, sum(wasted_us) AS wasted FROM hourly'),
  ).toEqual([{ runs: 5, held: '31000000', wasted: '15000000' }])
  const attempts = await select(`SELECT attempt FROM runs WHERE job_id = '${uuid(1)}' ORDER BY 1`)
  expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5])
})

test('account, user and model are those at the start, whatever the end says of them', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, null)])
  await recordRuns(ledger.pool, [runEvent(1, 0, 60, { account: 'team-z', by: 'zoe', models: ['H100'] })])
  expect(await select('SELECT account, submitted_by, model, held_us FROM hourly')).toEqual([
    { account: 'team-a', submitted_by: 'alice', model: 'A100', held_us: '60000000' },
  ])
})

test('events that come twice, in any order and any batches leave the same ledger', () =>
  hold(async (some, gen) => {
    await recordRuns(ledger.pool, some.map(ended))
    const once = await whole()
    await ledger.empty()
    const events = some.flatMap((run) => [started(run), ended(run), ended(run)])
    const shuffled = gen(fc.shuffledSubarray, events, { minLength: events.length })
    for (let left = shuffled; left.length > 0; ) {
      const size = gen(fc.integer, { min: 1, max: left.length })
      await recordRuns(ledger.pool, left.slice(0, size))
      left = left.slice(size)
    }
    expect(await whole()).toEqual(once)
  }))

/** What the sums by hour should be. */
const DUE_SUMS = `SELECT s.hour, r.account, r.submitted_by, s.model, coalesce(s.currency, '') AS currency, sum(s.starts)::integer AS runs,
    sum(s.held_us)::bigint AS held_us, coalesce(sum(s.held_us) FILTER (WHERE r.outcome <> 'completed'), 0)::bigint AS wasted_us,
    coalesce(sum(s.utilised_us), 0)::bigint AS utilised_us,
    coalesce(sum(s.held_us) FILTER (WHERE s.utilised_us IS NOT NULL), 0)::bigint AS measured_us,
    coalesce(sum(s.energy_mj), 0)::bigint AS energy_mj, coalesce(sum(s.cost), 0)::numeric(28, 10) AS cost
  FROM slices s JOIN runs r USING (run_id) GROUP BY 1, 2, 3, 4, 5`
const NOT_NOTHING = '(runs, held_us, cost, energy_mj) IS DISTINCT FROM (0, 0, 0, 0)'

test('the sums by hour are those of the slices, through prices, corrections and closed months', () =>
  hold(async (some, gen) => {
    await price('*', '1.25', '2025-12-01T00:00:00Z')
    const half = Math.ceil(some.length / 2)
    await recordRuns(ledger.pool, some.slice(0, half).map(ended))
    await price('H100', '3.00000001', '2026-01-31T05:00:00Z')
    await closePeriod(ledger.pool, admin, '2026-01').catch(() => settle())
    await settle()
    await closePeriod(ledger.pool, admin, '2026-01')
    await recordRuns(ledger.pool, some.slice(half).map(ended))
    const run = gen(fc.constantFrom, ...some)
    const finishedAt = at((run.from + (run.length * gen(fc.nat, 100)) / 100) / 1000)
    await correctRun(ledger.pool, admin, { runId: runId(run.n), finishedAt, reason: 'The clock was wrong.' })
    await price('*', '0.5', '2026-02-01T00:00:00Z')
    await settle()
    const differing = await select(
      `SELECT * FROM ((TABLE hourly EXCEPT (${DUE_SUMS})) UNION ALL ((${DUE_SUMS}) EXCEPT TABLE hourly)) d WHERE ${NOT_NOTHING}`,
    )
    expect(differing).toEqual([])
    // What stands of each slice is what should be; what does not was taken back.
    const wrong = await select(
      `SELECT * FROM (SELECT run_id, gpu_id, hour, sum(held_us)::bigint AS us, sum(starts)::integer AS starts FROM slices GROUP BY 1, 2, 3) s
         FULL JOIN (SELECT run_id, gpu_id, hour, (extract(epoch FROM to_at - from_at) * 1000000)::bigint AS us, starts::integer FROM due_slices) d
           USING (run_id, gpu_id, hour) WHERE (coalesce(s.us, 0), coalesce(s.starts, 0)) IS DISTINCT FROM (coalesce(d.us, 0), coalesce(d.starts, 0))`,
    )
    expect(wrong).toEqual([])
  }))

test('a closed month keeps its entries: what is late stands beside them, marked', async () => {
  await price('*', '2', '2026-01-01T00:00:00Z')
  await recordRuns(ledger.pool, [runEvent(1, 0, 3600)])
  await settle()
  const before = await whole()
  await closePeriod(ledger.pool, admin, '2026-01')
  await recordRuns(ledger.pool, [runEvent(2, 0, 1800)])
  await correctRun(ledger.pool, admin, { runId: runId(1), finishedAt: at(900), reason: 'It had ended before.' })
  const after = await select('SELECT run_id, entry, sign, held_us, cost, late FROM slices ORDER BY run_id, entry')
  expect(after).toEqual([
    { run_id: runId(1), entry: 0, sign: 1, held_us: '3600000000', cost: '2.0000000000', late: false },
    { run_id: runId(1), entry: 1, sign: -1, held_us: '-3600000000', cost: '-2.0000000000', late: true },
    { run_id: runId(1), entry: 2, sign: 1, held_us: '900000000', cost: '0.5000000000', late: true },
    { run_id: runId(2), entry: 0, sign: 1, held_us: '1800000000', cost: '1.0000000000', late: true },
  ])
  expect((await whole())[0]).toEqual(before[0])
  expect(await select('SELECT was_at, reason, by_whom FROM run_corrections')).toMatchObject([
    { reason: 'It had ended before.', by_whom: 'root' },
  ])
})

test('what waits while a month is closed is entered after that, and so billed in a later one', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
  const client = await ledger.pool.connect()
  try {
    await client.query('BEGIN')
    const closed = await closePeriod(ledger.pool, admin, '2026-01')
    await client.query('UPDATE runs SET finished_at = finished_at - interval $$30 s$$')
    await correctSlices(client, [runId(1)])
    await client.query('COMMIT')
    const late = await select('SELECT entered_at > $1 AS "isAfter" FROM slices WHERE late', [closed.closedAt])
    expect(late).toEqual([{ isAfter: true }, { isAfter: true }])
  } finally {
    client.release()
  }
})

test('each slice has the price of its hour, exact and with its currency, also where the price comes later', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, 7_200.001, { models: ['A100', 'H100', 'H100'] })])
  await price('*', '1', '2026-01-01T00:00:00Z')
  await price('H100', '3.33333333', '2026-01-31T13:00:00Z')
  await settle()
  expect(
    await select('SELECT DISTINCT hour, model, per_gpu_hour, currency, cost FROM slices ORDER BY hour, model'),
  ).toEqual(
    [
      [12, 'A100', '1.00000000', '1.0000000000'],
      [12, 'H100', '1.00000000', '1.0000000000'],
      [13, 'A100', '1.00000000', '1.0000000000'],
      [13, 'H100', '3.33333333', '3.3333333300'],
      [14, 'A100', '1.00000000', '0.0000002778'],
      [14, 'H100', '3.33333333', '0.0000009259'],
    ].map(([hour, model, per_gpu_hour, cost]) => {
      return { hour: `2026-01-31 ${hour}:00:00+00`, model, per_gpu_hour, currency: 'EUR', cost }
    }),
  )
})

test('held and used time are kept apart, and so is what nobody has measured', async () => {
  await recordRuns(ledger.pool, [
    runEvent(1, 0, 3600, { utilisation: 25, energyJoules: 1000, models: ['A100', 'A100'] }),
    runEvent(2, 0, 3600),
  ])
  const [sums] = await select('SELECT held_us, utilised_us, measured_us, energy_mj FROM hourly')
  expect(sums).toEqual({
    held_us: '10800000000',
    utilised_us: '1800000000',
    measured_us: '7200000000',
    energy_mj: '1000000',
  })
})

test.each([
  ['a model without a name', { model: '' }, 'input.model'],
  ['a price with nine places', { perGpuHour: '1.123456789' }, 'input.perGpuHour'],
  ['a negative price', { perGpuHour: '-1' }, 'input.perGpuHour'],
  ['a currency of two letters', { currency: 'EU' }, 'input.currency'],
  ['a price from within an hour', { validFrom: '2026-01-31T12:30:00Z' }, 'input.validFrom'],
])('%s is refused', async (_, change, path) => {
  const input = { model: '*', perGpuHour: '1', currency: 'EUR', validFrom: '2026-01-01T00:00:00Z', ...change }
  await expect(savePrice(ledger.pool, admin, input)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    problems: [{ path }],
  })
})

test('prices of closed months stay, and a month that is not over stays open', async () => {
  await closePeriod(ledger.pool, admin, '2026-01')
  await expect(price('*', '1', '2026-01-31T23:00:00Z')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  await price('*', '1', '2026-02-01T00:00:00Z')
  await settle()
  await expect(closePeriod(ledger.pool, admin, '9000-01')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
})

test('of a run that goes on nothing is entered, and its end cannot be corrected', async () => {
  await recordRuns(ledger.pool, [runEvent(1, 0, null)])
  expect(await whole()).toEqual([])
  const finishedAt = at(1)
  const correct = (id: string) => correctRun(ledger.pool, admin, { runId: id, finishedAt, reason: 'Why not.' })
  await expect(correct(runId(1))).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(correct(runId(2))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(correct('no uuid')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
