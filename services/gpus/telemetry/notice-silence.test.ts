import { query } from '@constellation/platform/database/database.ts'
import { workerEvent } from '@constellation/platform/events/worker-event.ts'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Bench, openBench, registered } from '../testing.ts'
import { noticeSilence } from './notice-silence.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
  await registered(bench, 'w1', 1)
  await registered(bench, 'w2', 1)
})
afterEach(() => bench.close())

const look = (hasListened = true) =>
  noticeSilence({ pool: bench.database.pool, changed: () => (bench.told.times += 1) }, { hasListened })
const heardAgo = (id: string, seconds: number) =>
  query(
    bench.database.pool,
    null,
    `UPDATE workers SET last_seen_at = now() - make_interval(secs => $2) WHERE id = $1`,
    [id, seconds],
  )

/** What was told of silence, each as it is published. */
async function told() {
  const rows = await query<Record<string, unknown> & { payload: object }>(
    bench.database.pool,
    null,
    `SELECT type, subject, reason, payload FROM events WHERE type IN ('worker.silent', 'worker.back') ORDER BY id`,
  )
  for (const { type, payload } of rows) {
    expect(v.is(workerEvent, { id: 'gpus-1', ts: new Date().toISOString(), type, ...payload })).toBe(true)
  }
  return rows.map(({ type, subject, reason }) => [type, subject, reason])
}

test('a silence is told once, and so is its end', async () => {
  await look()
  expect(await told()).toEqual([])
  await heardAgo('w1', 31)
  const before = bench.told.times
  for (let i = 0; i < 3; i++) await look()
  const silence = ['worker.silent', 'events.workers.w1', 'It has not been heard of for 30 s.']
  expect(await told()).toEqual([silence])
  await heardAgo('w1', 1)
  for (let i = 0; i < 3; i++) await look()
  expect(await told()).toEqual([silence, ['worker.back', 'events.workers.w1', null]])
  expect(bench.told.times - before).toBe(2)
})

test('who has just begun to listen tells of nobody’s silence, but of returns', async () => {
  await heardAgo('w1', 31)
  await look()
  await heardAgo('w1', 1)
  await heardAgo('w2', 31)
  await look(false)
  expect((await told()).map(([type]) => type)).toEqual(['worker.silent', 'worker.back'])
})

test('several processes that look at once tell it once', async () => {
  await heardAgo('w1', 31)
  await heardAgo('w2', 31)
  await Promise.all(Array.from({ length: 8 }, () => look()))
  expect((await told()).map(([, subject]) => subject)).toEqual(['events.workers.w1', 'events.workers.w2'])
})
