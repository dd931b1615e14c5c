// How questions wait for their turn, share answers, and are called off.
import { createLogger } from '@constellation/platform/log.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordRuns } from '../ledger/record.ts'
import { type Ledger, openLake, openLedger, runEvent } from '../testing.ts'
import { type Analyst, startAnalyst } from './ask.ts'

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let analyst: Analyst
beforeAll(async () => {
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
})
afterAll(async () => {
  await lake?.close()
  await ledger?.close()
})

const log = createLogger('test', 'silent')
const start = (options: Partial<Parameters<typeof startAnalyst>[0]> = {}) => {
  const { directory, pool } = lake.lake
  return startAnalyst({ directory, pool, log, limits: { memoryMb: 128, threads: 2 }, atATime: 1, ...options })
}
const number = (n: number) => ({ select: `SELECT ${n}::INTEGER AS n`, values: [] })
const ENDLESS = { select: 'SELECT count(*) FROM range(10000000000) a, range(1000) b', values: [] }
const COUNT = { select: 'SELECT sum(starts)::INTEGER AS runs FROM slices', values: [] }
const busy = { code: 'UNAVAILABLE' }

describe('questions', () => {
  beforeEach(async () => {
    await ledger.empty()
    analyst = start()
  })
  afterEach(() => analyst.stop())

  test('of twenty people who click at once, five each, are all answered', async () => {
    const asked = Array.from({ length: 100 }, (_, n) => analyst.ask(number(n)))
    expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.n)).toEqual(asked.map((_, n) => n))
  })

  test('that are the same at the same time have one answer', async () => {
    const [one, same, other] = await Promise.all([number(1), number(1), number(2)].map((asked) => analyst.ask(asked)))
    expect(same).toBe(one)
    expect(other).not.toBe(one)
    expect(await analyst.ask(number(1))).not.toBe(one)
  })

  test('have no answer from before the ledger has changed', async () => {
    const before = analyst.ask(COUNT)
    await before
    await recordRuns(ledger.pool, [runEvent(1, 0, 10)])
    const earlier = analyst.ask(COUNT)
    analyst.refresh()
    expect((await analyst.ask(COUNT)).rows).toEqual([{ runs: 1 }])
    await earlier
  })

  test('go on while somebody waits for them, and end when nobody does', async () => {
    const [one, other] = [new AbortController(), new AbortController()]
    const asked = analyst.ask(ENDLESS, { signal: one.signal })
    const joined = analyst.ask(ENDLESS, { signal: other.signal })
    const next = analyst.ask(number(3))
    one.abort()
    await expect(asked).rejects.toMatchObject(busy)
    expect(await Promise.race([joined, next, 'goes on'])).toBe('goes on')
    other.abort()
    await expect(joined).rejects.toMatchObject(busy)
    expect((await next).rows).toEqual([{ n: 3 }])
  })
})

test('a question that is called off leaves the queue, and makes room in it', async () => {
  analyst = start({ waiting: 1 })
  try {
    const [endless, waits] = [new AbortController(), new AbortController()]
    const first = analyst.ask(ENDLESS, { signal: endless.signal })
    const second = analyst.ask(number(2), { signal: waits.signal })
    await expect(analyst.ask(number(3))).rejects.toMatchObject(busy)
    waits.abort()
    await expect(second).rejects.toMatchObject(busy)
    const fourth = analyst.ask(number(4))
    endless.abort()
    await expect(first).rejects.toMatchObject(busy)
    expect((await fourth).rows).toEqual([{ n: 4 }])
  } finally {
    await analyst.stop()
  }
})

test('a question waits so long, and no longer', async () => {
  analyst = start({ waitMs: 50 })
  try {
    const endless = new AbortController()
    const first = analyst.ask(ENDLESS, { signal: endless.signal })
    await expect(analyst.ask(number(1))).rejects.toMatchObject(busy)
    endless.abort()
    await expect(first).rejects.toMatchObject(busy)
  } finally {
    await analyst.stop()
  }
})
