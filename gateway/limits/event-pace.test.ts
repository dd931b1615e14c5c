import { expect, test } from 'vitest'
import { jobMessage, makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway } from '../testing/gateway.ts'
import { LEAST_COST } from './admission.ts'
import { createPace } from './event-pace.ts'

test('events of one principal wait for their turn once too many came, and those of another do not', async () => {
  const pace = createPace({ perSecond: 1_000, burst: 100 }, () => 0)
  expect(pace('alice', 100)).toBeUndefined()
  const order: string[] = []
  const turns = [30, 20].map((cost) => pace('alice', cost)?.then(() => order.push(`${cost}`)))
  expect(pace('bob', 100)).toBeUndefined()
  await Promise.all(turns)
  expect(order).toEqual(['30', '20'])
})

test('nothing waits where there is no limit', () => {
  const pace = createPace({ perSecond: 0, burst: 1 })
  for (let n = 0; n < 10; n++) expect(pace('alice', 1e9)).toBeUndefined()
})

const SELECTED = '{ id version usage { gpuSeconds } runs { gpus { name } } }'
const DOCUMENTS = ['A', 'B'].map((name) => `subscription ${name} ($id: ID!) { jobChanged(id: $id) ${SELECTED} }`)
/** What an event of these costs: 32 runs of 32 GPUs could come of it. */
const COST = 1 + 2 + 2 + 32 * (1 + 32 * 2)
const PER_SECOND = 20 * COST
/** As much as it takes to open both. */
const BURST = 2 * (LEAST_COST + COST)
const EVENTS = 10

test('the subscriptions of a principal have one rate of events together, and nothing is missed for it', async () => {
  const gateway = await startTestGateway({ RATE_PER_SECOND: PER_SECOND, RATE_BURST: BURST })
  const alice = await gateway.as('alice')
  const job = makeJob()
  gateway.services.world.jobs.set(job.id, job)
  const watching = DOCUMENTS.map((query) => gateway.subscribe(alice, query, { id: job.id }))
  const began = performance.now()
  // How it is at present, which is worked out as an event is.
  for (const results of watching) await nextOf(results)
  const changed = Array.from({ length: EVENTS }, (_, n) => ({ ...job, version: n + 2 }))
  for (const next of changed) {
    gateway.services.world.jobs.set(job.id, next)
    await gateway.publish(`events.jobs.${job.id}`, jobMessage(next))
  }
  for (const results of watching) {
    for (const { version } of changed) {
      expect(await nextOf(results)).toMatchObject({ data: { jobChanged: { version } } })
    }
  }
  const workedOut = 2 * (EVENTS + 1) * COST
  expect(performance.now() - began).toBeGreaterThanOrEqual(((workedOut - BURST) * 1_000) / PER_SECOND - 1)
  await gateway.stop()
})
