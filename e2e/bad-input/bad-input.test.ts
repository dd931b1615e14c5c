import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../testing.ts'
import { fuzz } from './fuzz.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(() => world?.close())

// As many as are done in a few seconds; `npm run fuzz` sends more.
test('generated bad inputs get an answer, none of 500 or above, and no part dies', async () => {
  const { faults, diedParts, sent, statuses } = await fuzz(world, 'a test', 2_000, () => {})
  expect(faults).toEqual([])
  expect(diedParts).toEqual([])
  for (const kind of ['graphql', 'rest', 'socket', 'bytes']) expect(sent[kind], kind).toBeGreaterThan(50)
  // They come as far as the services, and to an end.
  for (const status of ['200', '400', '404', 'open']) expect(statuses[status], status).toBeGreaterThan(10)
}, 120_000)
