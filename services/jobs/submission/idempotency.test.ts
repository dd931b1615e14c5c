import { expect, test } from 'vitest'
import { saveAccount } from '../accounts/accounts.ts'
import { cancelJob } from '../cancelling/cancel.ts'
import { submitJob, submitJobs } from '../submit.ts'
import { alice, bob, operator, useBench } from '../testing.ts'
import { earlierJobs, submissionKey, sweepKeys } from './idempotency.ts'
import { saveTemplate } from './template.ts'

const bench = await useBench({ emptied: true })

const DAY_MS = 86_400_000
const input = { command: ['true'], env: { A: '1', B: '2' } }

async function send(key: string, what: Parameters<typeof submitJob>[1] = input, who = alice) {
  const result = await submitJob(bench.as(who), what, key)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result
}

async function count(): Promise<number> {
  const { rows } = await bench.database.pool.query('SELECT count(*)::integer AS n FROM jobs')
  return rows[0].n
}

test('the same key with the same input gives the same job, whatever has become of it', async () => {
  const first = await send('k')
  expect(first.replayed).toBe(false)
  await cancelJob(bench.as(alice), first.job.id)
  const again = await send('k', { env: { B: '2', A: '1' }, command: ['true'], name: null })
  expect(again).toMatchObject({ replayed: true, job: { id: first.job.id, state: 'cancelled' } })
  expect(await count()).toBe(1)
})

test('the same key with another input is refused, and nothing is stored', async () => {
  await send('k')
  await expect(send('k', { command: ['false'] })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  expect(await count()).toBe(1)
})

test('a hundred at once with one key make one job, and all are told of it', async () => {
  const all = await Promise.all(Array.from({ length: 100 }, () => send('k')))
  expect(new Set(all.map(({ job }) => job.id)).size).toBe(1)
  expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await count()).toBe(1)
})

test('the key of one is not the key of another', async () => {
  const [mine, theirs] = [await send('k'), await send('k', input, bob)]
  expect(theirs.replayed).toBe(false)
  expect(theirs.job.id).not.toBe(mine.job.id)
})

test('an input with problems does not use up its key', async () => {
  expect(await submitJob(bench.as(alice), { command: [] }, 'k')).toHaveProperty('problems')
  expect((await send('k')).replayed).toBe(false)
})

test('what the first was given is given again, though its template is no longer there', async () => {
  await saveTemplate(bench.as(operator), { name: 'gone', command: ['true'] })
  const first = await send('k', { template: 'gone' })
  await bench.database.pool.query('DELETE FROM templates')
  expect((await send('k', { template: 'gone' })).job.id).toBe(first.job.id)
})

test('an account that is full by then is no hindrance', async () => {
  await saveAccount(bench.as(operator), { account: 'team-a', maxQueuedJobs: 1 })
  const all = await Promise.all(Array.from({ length: 10 }, () => send('k')))
  expect(new Set(all.map(({ job }) => job.id)).size).toBe(1)
})

test('a batch is replayed whole, in its order', async () => {
  const inputs = Array.from({ length: 30 }, (_, i) => ({ command: ['true'], name: `job ${i}` }))
  const sent = async () => {
    const result = await submitJobs(bench.as(alice), inputs, 'k')
    if ('problems' in result) throw new Error('not accepted')
    return result.jobs.map(({ name }) => name)
  }
  expect(await sent()).toEqual(inputs.map(({ name }) => name))
  expect(await sent()).toEqual(inputs.map(({ name }) => name))
})

test('a key ends after its time, and is swept then', async () => {
  const first = await send('k')
  const key = submissionKey(alice.id, 'k', [input], DAY_MS)
  if (!key) throw new Error('no key')
  const { pool } = bench.database
  expect(await sweepKeys(pool, DAY_MS)).toBe(0)
  expect(await earlierJobs(pool, key)).toEqual([first.job.id])
  await pool.query("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")
  expect(await earlierJobs(pool, key)).toBeNull()
  // Before the sweep comes, too.
  const second = await send('k', { command: ['false'] })
  expect(second.replayed).toBe(false)
  await pool.query("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")
  expect(await sweepKeys(pool, DAY_MS)).toBe(1)
})

test.each([[''], ['x'.repeat(256)], ['a\nb'], ['ü']])('%j is no key', async (key) => {
  await expect(send(key)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path: 'idempotencyKey' }] })
})
