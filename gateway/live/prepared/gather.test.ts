import { expect, test, vi } from 'vitest'
import type { Answer } from '../../subgraphs/subgraph-answer.ts'
import { gatherLookUps, type Question } from './gather.ts'

const alice = { id: 'alice', role: 'user' as const, accounts: ['default'] }
const bob = { ...alice, id: 'bob' }
/** Longer than any test: what waits for it is seen to wait, and is let go by hand. */
const LONG_MS = 3_600_000

function about(...ids: readonly string[]): Question {
  return { query: '{ usage }', variables: { representations: ids.map((id) => ({ __typename: 'Job', id })) } }
}

/** A service that says of each thing its id, and how many were asked for at once. */
function start(answer: (things: { id: string }[]) => Answer = answerAll, windowMs = LONG_MS) {
  const ask = vi.fn(async ({ variables }: Question) => answer(thingsOf(variables)))
  const { usage } = gatherLookUps({ usage: { ask } }, windowMs)
  if (!usage) throw new Error('It is there.')
  return { usage, ask }
}

function thingsOf(variables: Question['variables']): { id: string }[] {
  return variables?.representations as { id: string }[]
}

function answerAll(things: { id: string }[]): Answer {
  return { data: { _entities: things.map(({ id }) => ({ id, of: things.length })) } }
}

const told = (of: number, ...ids: string[]) => ({ data: { _entities: ids.map((id) => ({ id, of })) } })

test('what comes in one turn is one request, and each gets the answer to its own', async () => {
  const { usage, ask } = start()
  const answers = await Promise.all([
    usage.ask(about('a'), alice),
    usage.ask(about('b', 'c'), alice),
    usage.ask(about('d'), alice),
  ])
  expect(answers).toEqual([told(4, 'a'), told(4, 'b', 'c'), told(4, 'd')])
  expect(ask).toHaveBeenCalledTimes(1)
})

test('what others ask, or what is asked with other variables, is a request of its own', async () => {
  const { usage, ask } = start()
  const other = about('a')
  const answers = await Promise.all([
    usage.ask(about('a'), alice),
    usage.ask(about('a'), bob),
    usage.ask({ ...other, variables: { ...other.variables, points: 3 } }, alice),
  ])
  expect(answers).toEqual([told(1, 'a'), told(1, 'a'), told(1, 'a')])
  expect(ask.mock.calls.map(([, who]: readonly unknown[]) => who)).toEqual([alice, bob, alice])
})

test('one thing is looked up again at once; another waits for company, in which no more than so many come', async () => {
  const { usage, ask } = start()
  await usage.ask(about('a'), alice)
  expect(await usage.ask(about('a'), alice)).toEqual(told(1, 'a'))
  const waiting = [usage.ask(about('b'), alice)]
  // Its own window is not that of others.
  expect(await usage.ask(about('a'), bob)).toEqual(told(1, 'a'))
  expect(ask).toHaveBeenCalledTimes(3)
  for (let n = 0; n < 199; n++) waiting.push(usage.ask(about(`c${n}`), alice))
  expect((await Promise.all(waiting))[0]).toEqual(told(200, 'b'))
  expect(ask).toHaveBeenCalledTimes(4)
})

test('what waits goes when the window is over', async () => {
  const { usage } = start(answerAll, 5)
  await usage.ask(about('a'), alice)
  const answers = await Promise.all([usage.ask(about('b'), alice), usage.ask(about('c'), alice)])
  expect(answers).toEqual([told(2, 'b'), told(2, 'c')])
})

test('an error of one thing is told to who asked for it, and one of all to all', async () => {
  const broken = (path?: (string | number)[]): Answer => ({
    data: { _entities: [{ id: 'a' }, null, { id: 'c' }] },
    errors: [{ message: 'broken', ...(path && { path }) }],
  })
  const answersTo = async (path?: (string | number)[]) => {
    const { usage } = start(() => broken(path))
    return await Promise.all([usage.ask(about('a'), alice), usage.ask(about('b', 'c'), alice)])
  }
  expect(await answersTo(['_entities', 2, 'usage'])).toEqual([
    { data: { _entities: [{ id: 'a' }] } },
    { data: { _entities: [null, { id: 'c' }] }, errors: [{ message: 'broken', path: ['_entities', 1, 'usage'] }] },
  ])
  for (const { errors } of await answersTo()) expect(errors).toEqual([{ message: 'broken' }])
})

test('an answer without things, or none at all, is told to all', async () => {
  const unavailable = { errors: [{ message: 'away', extensions: { code: 'UNAVAILABLE' } }] }
  const { usage } = start(() => unavailable)
  expect(await Promise.all([usage.ask(about('a'), alice), usage.ask(about('b'), alice)])).toEqual([
    unavailable,
    unavailable,
  ])
  const thrown = start(() => {
    throw new Error('out of its mind')
  })
  const outcomes = await Promise.allSettled([thrown.usage.ask(about('a'), alice), thrown.usage.ask(about('b'), alice)])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
