import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { jobMessage, makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'
import type { TestJob } from '../testing/services.ts'

let gateway: TestGateway
let alice: string

beforeAll(async () => {
  gateway = await startTestGateway()
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())
beforeEach(() => {
  gateway.services.hooks.before = () => {}
})

const WAITING = `subscription ($id: ID!) { jobChanged(id: $id) { state ...Place } }
  fragment Place on Job { place: queue { position reason eta } }`

function addJob(position: number): TestJob {
  const { world } = gateway.services
  const job = makeJob()
  world.jobs.set(job.id, job)
  standAt(job, position)
  return job
}

function standAt(job: TestJob, position: number): void {
  gateway.services.world.places.set(job.id, { position, reason: 'BEHIND_OTHERS', message: 'Others.', eta: null })
}

const moved = () => gateway.publish(SUBJECTS.queueMoved, { at: '2026-01-31T12:00:00.000Z' })
const place = (position: number) => ({ position, reason: 'BEHIND_OTHERS', eta: null })

test('a waiting job is shown again when the queue has moved, although it has not changed itself', async () => {
  const job = addJob(3)
  const results = gateway.subscribe(alice, WAITING, { id: job.id })
  expect((await nextOf(results)).data).toEqual({ jobChanged: { state: 'QUEUED', place: place(3) } })
  standAt(job, 2)
  await moved()
  expect((await nextOf(results)).data).toEqual({ jobChanged: { state: 'QUEUED', place: place(2) } })
  await results.return?.()
})

test('a job that stands where it stood is not shown again', async () => {
  const [job, other] = [addJob(3), addJob(7)]
  const results = gateway.subscribe(alice, WAITING, { id: job.id })
  const ofOther = gateway.subscribe(alice, WAITING, { id: other.id })
  await nextOf(results)
  await nextOf(ofOther)
  standAt(other, 6)
  await moved()
  expect((await nextOf(ofOther)).data).toMatchObject({ jobChanged: { place: { position: 6 } } })
  standAt(job, 1)
  await moved()
  expect((await nextOf(results)).data).toMatchObject({ jobChanged: { place: { position: 1 } } })
  await Promise.all([results.return?.(), ofOther.return?.()])
})

test('who watches the same waiting job is told by one question, and no more often than each second', async () => {
  const job = addJob(9)
  const many = Array.from({ length: 4 }, () => gateway.subscribe(alice, WAITING, { id: job.id }))
  await Promise.all(many.map(nextOf))
  let asked = 0
  gateway.services.hooks.before = (_, field) => {
    if (field !== 'queue') return
    asked += 1
    standAt(job, 9 - asked)
  }
  const before = performance.now()
  await moved()
  await Promise.all(many.map(nextOf))
  expect(asked).toBe(1)
  for (let i = 0; i < 5; i++) await moved()
  await Promise.all(many.map(nextOf))
  expect(asked).toBe(2)
  expect(performance.now() - before).toBeGreaterThan(990)
  await Promise.all(many.map((results) => results.return?.()))
})

test('a job that runs, and a client that does not ask where a job stands, are left in peace', async () => {
  const [job, running] = [addJob(5), addJob(5)]
  const unasked = gateway.subscribe(
    alice,
    'subscription ($id: ID!, $yes: Boolean = false) { jobChanged(id: $id) { version queue @include(if: $yes) { position } } }',
    { id: job.id },
  )
  const results = gateway.subscribe(alice, WAITING, { id: running.id })
  const witness = gateway.subscribe(alice, WAITING, { id: job.id })
  await Promise.all([unasked, results, witness].map(nextOf))
  const asked: string[] = []
  await gateway.publish(SUBJECTS.jobEvents(running.id), jobMessage({ ...running, state: 'RUNNING', version: 2 }))
  expect((await nextOf(results)).data).toMatchObject({ jobChanged: { state: 'RUNNING' } })
  gateway.services.hooks.before = (_, field) => void asked.push(field)
  standAt(job, 4)
  await moved()
  expect((await nextOf(witness)).data).toMatchObject({ jobChanged: { place: { position: 4 } } })
  expect(asked.filter((field) => field === 'queue')).toHaveLength(1)
  await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, version: 2 }))
  expect((await nextOf(unasked)).data).toEqual({ jobChanged: { version: 2 } })
  await Promise.all([unasked, results, witness].map((each) => each.return?.()))
})
