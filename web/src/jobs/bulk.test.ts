import { expect, it } from 'vitest'
import { byId, inBatches, NONE_TRIED, type Outcome, withoutRefused } from './bulk.ts'

const ids = Array.from({ length: 250 }, (_, i) => String(i))

it('goes by batches, and tells how far it is and what could not be done', async () => {
  const sizes: number[] = []
  let outcome: Outcome = NONE_TRIED
  const told: number[] = []
  await inBatches(
    ids,
    async (batch) => {
      sizes.push(batch.length)
      return { problems: batch.includes('120') ? [{ id: '120', message: 'is gone' }] : [] }
    },
    (progress) => {
      outcome = progress
      told.push(progress.tried)
    },
    () => false,
  )
  expect([sizes, told]).toEqual([
    [100, 100, 50],
    [100, 200, 250],
  ])
  expect([outcome.done, [...outcome.refused]]).toEqual([249, [['120', 'is gone']]])
})

it('counts a problem of the whole batch for each of it, and stops between two batches', async () => {
  let outcome: Outcome = NONE_TRIED
  await inBatches(
    ids,
    async () => ({ problems: [{ id: undefined, message: 'too many wait' }] }),
    (progress) => {
      outcome = progress
    },
    () => outcome.tried > 0,
  )
  expect([outcome.tried, outcome.done, outcome.refused.size]).toEqual([100, 0, 100])
})

it('reads whose problem it is from its path', () => {
  expect(
    byId(
      ['a', 'b'],
      [
        { path: 'ids.1', message: 'There is no job b.' },
        { path: 'ids.0.account', message: 'is none of yours' },
        { path: '', message: 'no' },
      ],
    ),
  ).toEqual([
    { id: 'b', message: 'There is no job b.' },
    { id: 'a', message: 'account is none of yours' },
    { id: undefined, message: 'no' },
  ])
})

it('tries the others once more where some cannot be done', async () => {
  const tried: string[] = []
  const answer = await withoutRefused(['a', 'b', 'c'], async (batch) => {
    tried.push(batch.join(''))
    return { problems: batch.includes('b') ? [{ id: 'b', message: 'no' }] : [] }
  })
  expect([tried, answer.problems]).toEqual([['abc', 'ac'], [{ id: 'b', message: 'no' }]])
})

it('tries nothing again where all of it is wrong, or the rest is too', async () => {
  let calls = 0
  const whole = async () => {
    calls += 1
    return { problems: [{ id: undefined, message: 'full' }] }
  }
  expect((await withoutRefused(['a', 'b'], whole)).problems).toEqual([{ id: undefined, message: 'full' }])
  expect(calls).toBe(1)
  const rest = async (batch: readonly string[]) =>
    batch.includes('b')
      ? { problems: [{ id: 'b', message: 'no' }] }
      : { problems: [{ id: undefined, message: 'full' }] }
  expect((await withoutRefused(['a', 'b', 'c'], rest)).problems).toEqual([
    { id: 'b', message: 'no' },
    { id: 'a', message: 'full' },
    { id: 'c', message: 'full' },
  ])
})
