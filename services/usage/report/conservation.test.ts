// However time is cut, and by whatever runs are told apart: the parts sum to the whole, to the microsecond and to the
// last place of the price, and two ways of asking the same agree.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContext, createSurroundings } from '../context.ts'
import type { QueryUsageArgs, Usage, UsageGrain } from '../generated/resolvers.ts'
import { compactOne } from '../lake/compact.ts'
import { readManifest } from '../lake/manifest.ts'
import { publish } from '../lake/publish.ts'
import type { Question, Row } from '../lake/question.ts'
import { closePeriod } from '../ledger/close-period.ts'
import { correctRun } from '../ledger/correct-run.ts'
import { savePrice } from '../ledger/prices.ts'
import { recordRuns } from '../ledger/record.ts'
import { repriceSome } from '../ledger/reprice.ts'
import { admin, at, fillNow, forTests, type Ledger, openLake, openLedger, runEvent, uuid } from '../testing.ts'
import { readAsked } from './asked.ts'
import { groupsOf } from './select.ts'
import { createReports, type Reports } from './usage.ts'

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let reports: Reports

const HOUR = 3600
const START = Date.parse(at(0))
const accounts = ['team-a', 'team-b']

beforeAll(async () => {
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
  reports = createReports(lake.analyst)
  const price = (model: string, perGpuHour: string, currency: string) =>
    savePrice(ledger.pool, admin, { model, perGpuHour, currency, validFrom: '2026-01-01T00:00:00Z' })
  await price('A100', '1.23456789', 'EUR')
  await price('H100', '3.3', 'USD')
  // Over the changes of clocks in March and April, to the millisecond.
  const random = fc.sample(
    fc.record({
      from: fc.integer({ min: 0, max: 80 * 24 * HOUR * 1000 }),
      length: fc.integer({ min: 0, max: 30 * HOUR * 1000 }),
      models: fc.subarray(['A100', 'A100', 'H100', 'L4']),
      account: fc.constantFrom(...accounts),
      by: fc.constantFrom('alice', 'bob'),
      utilisation: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
      energyJoules: fc.integer({ min: 0, max: 1_000_000 }),
      state: fc.constantFrom('completed' as const, 'failed' as const),
    }),
    { numRuns: 120, seed: 7 },
  )
  const events = random.map(({ from, length, ...run }, n) =>
    runEvent(n + 1, from / 1000, (from + length) / 1000, { ...run, queuedFor: n }),
  )
  // In files with sums and without, also of what was corrected when its month was closed, in the tail, and on a stale day.
  await recordRuns(ledger.pool, events.slice(0, 40))
  const correct = (n: number, seconds: number) => {
    const finishedAt = new Date(Date.parse(events[n]?.ts ?? '') + seconds * 1000).toISOString()
    return correctRun(ledger.pool, admin, { runId: uuid(1_000_001 + n), finishedAt, reason: 'A clock.' })
  }
  while (await repriceSome(ledger.pool));
  await closePeriod(ledger.pool, admin, '2026-01')
  await closePeriod(ledger.pool, admin, '2026-02')
  for (const n of [1, 2, 3, 4, 5, 1]) await correct(n, 3_601)
  await fillNow(lake.lake)
  while (await compactOne(lake.lake));
  const before = await readManifest(lake.lake.directory)
  const files = before.files.map(({ sums, ...file }, i) => (i % 2 === 0 ? file : { ...file, sums }))
  await publish(lake.lake, { ...before, version: before.version + 1, files }, [])
  await recordRuns(ledger.pool, events.slice(40, 90))
  await fillNow(lake.lake)
  await recordRuns(ledger.pool, events.slice(90))
  await correct(41, 60)
})
afterAll(async () => {
  await lake?.close()
  await ledger?.close()
})

const METRICS = ['WASTED_GPU_TIME', 'UTILISATION', 'ENERGY', 'COST'] as const
const ask = (args: Partial<QueryUsageArgs>) =>
  reports.usage(admin, { metrics: [...METRICS], first: 10_000, groupBy: [], ...args })

/** What adds up of a usage, in whole numbers. */
function amounts(usage: Usage): Record<string, bigint> {
  const whole = (value: number | null | undefined, unit: number) => BigInt(Math.round((value ?? 0) * unit))
  return {
    held: whole(usage.gpuSeconds, 1e6),
    runs: BigInt(usage.runs),
    wasted: whole(usage.wastedGpuSeconds, 1e6),
    utilised: whole(usage.utilisedGpuSeconds, 1e6),
    energy: whole(usage.energyJoules, 1e3),
    ...Object.fromEntries(
      (usage.cost ?? []).map(({ amount, currency }) => [currency, BigInt(amount.replace('.', ''))]),
    ),
  }
}

const NOTHING: Usage = { gpuSeconds: 0, runs: 0, provisional: false, asOf: at(0) }

function sum(parts: readonly Usage[]): Record<string, bigint> {
  const total: Record<string, bigint> = amounts(NOTHING)
  for (const part of parts.map(amounts)) {
    for (const [name, amount] of Object.entries(part)) total[name] = (total[name] ?? 0n) + amount
  }
  return total
}

test('sums by hour, by day and by GPU answer as the slices do that they are of', async () => {
  const grains = ['TOTAL', 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const
  const dimensions = ['ACCOUNT', 'USER', 'MODEL', 'OUTCOME', 'GPU'] as const
  const hours = fc.integer({ min: 0, max: 100 * 24 })
  const whole = (hour: number) => hour - (hour % 24)
  const anything = fc.record({
    from: fc.oneof(hours, hours.map(whole)),
    length: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constantFrom(24, 7 * 24, 30 * 24)),
    minutes: fc.tuple(fc.constantFrom(0, 0, 10, 15, 30), fc.constantFrom(0, 0, 30, 45, 59)),
    grain: fc.constantFrom(...grains),
    timeZone: fc.constantFrom(...ZONES),
    groupBy: fc.subarray([...dimensions]),
    metrics: fc.subarray([...METRICS, 'QUEUE_WAIT' as const]),
    account: fc.option(fc.constantFrom(...accounts)),
  })
  const days = anything.map((args) => {
    const [from, length] = [whole(args.from), whole(args.length) + 24]
    return { ...args, from, length, minutes: [0, 0] as [number, number], timeZone: 'UTC' as const }
  })
  const ofGpus = days.map((args) => {
    const others = args.groupBy.filter((dimension) => dimension !== 'GPU' && dimension !== 'USER')
    return { ...args, groupBy: ['GPU' as const, ...others] }
  })
  const answered = new Set<unknown>()
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ arbitrary: anything, weight: 2 }, days, ofGpus),
      async ({ from, length, minutes, account, ...args }) => {
        // From a midnight on, as the runs are.
        const instant = (hour: number) => new Date(Date.UTC(2026, 0, 31) + hour * HOUR * 1000).toISOString()
        const cut = (hour: number, minute: number) =>
          new Date(Date.parse(instant(hour)) + minute * 60_000).toISOString()
        const range = { from: cut(from, minutes[0]), to: cut(from + length, minutes[1]) }
        const asked = readAsked(admin, { ...args, range, filter: account ? { account } : null })
        const rowsOf = async (question: Question) =>
          (await lake.analyst.ask(question)).rows
            .filter(isSomething)
            .map(({ costs, ...row }) => JSON.stringify([row, String(costs).split(';').sort()]))
            .toSorted()
        const question = groupsOf(asked)
        answered.add(question.sums?.resolution)
        expect(await rowsOf(question)).toEqual(await rowsOf(groupsOf(asked, null)))
      },
    ),
    { numRuns: 80 },
  )
  expect(answered).toEqual(new Set(['hours', 'days', 'gpus', undefined]))
}, 120_000)

/** Of whole hours, of halves and of quarters, with clocks that change by an hour, by half of one, and never. */
const ZONES = [
  ...['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe'],
  ...['Australia/Adelaide', 'Australia/Eucla', 'Pacific/Chatham'],
] as const

test('no question of thirty days by sums reads slices, but for hours that are cut within a quarter', () => {
  const range = { from: '2026-03-07T18:15:00Z', to: '2026-04-06T18:30:00Z' }
  for (const timeZone of ZONES) {
    for (const grain of ['TOTAL', 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const) {
      expect(groupsOf(readAsked(admin, { range, grain, timeZone })).sums?.slices).toEqual([])
    }
  }
  const byGpu = { grain: 'DAY', groupBy: ['GPU', 'ACCOUNT', 'MODEL', 'OUTCOME'] } as const
  const days = { from: '2026-03-07T00:00:00Z', to: '2026-04-06T00:00:00Z' }
  const { sums } = groupsOf(readAsked(admin, { ...byGpu, groupBy: [...byGpu.groupBy], range: days }))
  expect(sums).toMatchObject({ resolution: 'gpus', slices: [] })
  const odd = { ...range, from: '2026-03-07T18:15:00.001Z' }
  expect(groupsOf(readAsked(admin, { range: odd, grain: 'DAY' })).sums?.slices).toEqual(['2026-03-07'])
})

/** Sums of nothing may be there or not. */
const isSomething = ({ held_us, runs }: Row) => Number(held_us) !== 0 || Number(runs) !== 0

test.each<[UsageGrain, string]>([
  ['HOUR', 'UTC'],
  ['DAY', 'UTC'],
  ['DAY', 'Europe/Berlin'],
  ['DAY', 'America/New_York'],
  ['DAY', 'Asia/Kolkata'],
  ['HOUR', 'Asia/Kathmandu'],
  ['DAY', 'Asia/Kathmandu'],
  ['DAY', 'Pacific/Chatham'],
  ['WEEK', 'Australia/Lord_Howe'],
  ['MONTH', 'Asia/Beirut'],
])('by %s of %s, the parts sum to the whole', async (grain, timeZone) => {
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' }
  const all = await ask({ range })
  const { rows, total } = await ask({ range, grain, timeZone })
  expect(rows.length).toBeGreaterThan(2)
  expect(sum(rows.map(({ usage }) => usage))).toEqual(amounts(all.total))
  expect(amounts(total)).toEqual(amounts(all.total))
  expect(amounts(all.total).held).toBeGreaterThan(0n)
})

test('days begin at midnight by the clocks of the zone, when these change too', async () => {
  const range = { from: '2026-03-27T00:00:00Z', to: '2026-04-02T00:00:00Z' }
  const { rows } = await ask({ range, grain: 'DAY', timeZone: 'Europe/Berlin' })
  const hours = rows.map(({ start }) =>
    new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(Date.parse(start ?? '')),
  )
  expect(new Set(hours)).toEqual(new Set(['00:00']))
})

test('a range that is cut at any instants has parts that sum to it', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 0, max: 82 * 24 * HOUR * 1000 }), { minLength: 2, maxLength: 5 }),
      async (cuts) => {
        const ends = cuts.toSorted((a, b) => a - b).map((ms) => new Date(START + ms).toISOString())
        const [from, to] = [ends[0] ?? '', ends.at(-1) ?? '']
        const parts = await Promise.all(
          ends.slice(1).map(async (end, i) => (await ask({ range: { from: ends[i] ?? '', to: end } })).total),
        )
        expect(sum(parts)).toEqual(sum([(await ask({ range: { from, to } })).total]))
      },
    ),
    { numRuns: 10 },
  ))

test('an account, a GPU and a job have what the analysis says of them', async () => {
  const { loaders } = createContext(createSurroundings(ledger, lake.analyst, forTests), admin)
  const range = { from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' }
  const byAccount = await ask({ range, groupBy: ['ACCOUNT'] })
  for (const { account, usage } of byAccount.rows) {
    expect(amounts(await loaders.usageOfAccount(range).load(account ?? ''))).toEqual(amounts(usage))
  }
  const byGpu = await ask({ range, groupBy: ['GPU'] })
  for (const { gpuId, usage } of byGpu.rows) {
    if (gpuId?.startsWith('00000000-0000-0000')) continue
    expect(amounts(await loaders.usageOfGpu(range).load(gpuId ?? ''))).toEqual(amounts(usage))
  }
  const jobs = await loaders.usageOfJob.loadMany(Array.from({ length: 120 }, (_, n) => uuid(n + 1)))
  expect(sum(jobs.flatMap((usage) => (usage instanceof Error ? [] : [usage])))).toEqual(amounts((await ask({})).total))
})

test('pages of one answer fit together, whatever is entered meanwhile, and are of whoever asked', async () => {
  const args = { grain: 'DAY', groupBy: ['USER'], first: 7 } as const
  const whole = await ask({ ...args, groupBy: ['USER'], first: 10_000 })
  let page = await ask({ ...args, groupBy: ['USER'] })
  const rows = [...page.rows]
  const { dataVersion } = page
  await recordRuns(ledger.pool, [runEvent(999, 0, 10, { by: 'carol' })])
  await expect(
    reports.usage({ id: 'eve', role: 'analyst', accounts: [] }, { after: page.pageInfo.endCursor ?? null }),
  ).rejects.toMatchObject({ code: 'GONE' })
  while (page.pageInfo.hasNextPage) {
    page = await ask({ ...args, groupBy: ['USER'], after: page.pageInfo.endCursor ?? null })
    rows.push(...page.rows)
  }
  expect(rows.map(({ start, user }) => [start, user])).toEqual(whole.rows.map(({ start, user }) => [start, user]))
  expect(page.dataVersion).toBe(dataVersion)
})

test.each([
  ['hours without an end', { grain: 'HOUR', range: { from: at(0) } }, 'range'],
  ['more parts than anybody reads', { grain: 'HOUR', range: { from: at(0), to: '2090-01-01T00:00:00Z' } }, 'grain'],
  ['an end before the beginning', { range: { from: at(1), to: at(0) } }, 'range.to'],
  ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
  ['a page of nothing', { first: 0 }, 'first'],
  ['a cursor that is none', { after: 'x' }, 'after'],
] as [string, Partial<QueryUsageArgs>, string][])('%s is refused', async (_, args, path) => {
  await expect(ask(args)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path }] })
})
