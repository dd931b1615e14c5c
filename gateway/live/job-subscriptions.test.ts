import { randomUUID } from 'node:crypto'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { jobMessage, makeJob, usageMessage } from '../testing/events.ts'
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

const JOB_CHANGED = `subscription ($id: ID!) {
  jobChanged(id: $id) { id state version runs { gpus { name } } usage { gpuSeconds } }
}`

/** A job that the services know. */
function addJob(more: Partial<TestJob> = {}): TestJob {
  const { world } = gateway.services
  const job = makeJob(more)
  world.jobs.set(job.id, job)
  return job
}

async function publishJob(job: TestJob, eventId?: string): Promise<void> {
  gateway.services.world.jobs.set(job.id, job)
  await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage(job, eventId))
}

function noSubscriptions() {
  return vi.waitFor(() => expect(gateway.subscriptions()).toBe(0))
}

describe('jobChanged', () => {
  test('shows the present, then each change in order, with fields of three services, and repeats nothing', async () => {
    const { world } = gateway.services
    const job = addJob()
    const results = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
    expect(await nextOf(results)).toMatchObject({
      data: { jobChanged: { id: job.id, state: 'QUEUED', version: 1, runs: [], usage: { gpuSeconds: 0 } } },
    })

    const [runId, gpuId] = [randomUUID(), randomUUID()]
    world.runs.set(runId, { id: runId, jobId: job.id, gpuIds: [gpuId] })
    world.gpuNames.set(gpuId, 'A100')
    const running = { ...job, state: 'RUNNING', version: 2 }
    await publishJob(running)
    await publishJob(running)
    await publishJob(job)
    expect(await nextOf(results)).toMatchObject({
      data: {
        jobChanged: {
          id: job.id,
          state: 'RUNNING',
          version: 2,
          runs: [{ gpus: [{ name: 'A100' }] }],
          usage: { gpuSeconds: 0 },
        },
      },
    })

    const completed = { ...job, state: 'COMPLETED', version: 3 }
    await publishJob(completed)
    expect((await nextOf(results)).data).toMatchObject({ jobChanged: { state: 'COMPLETED', version: 3 } })

    world.gpuSeconds.set(job.id, 2.25)
    await gateway.publish(SUBJECTS.usageEvents(job.id), usageMessage(job, 'one'))
    expect((await nextOf(results)).data).toMatchObject({
      jobChanged: { state: 'COMPLETED', version: 3, usage: { gpuSeconds: 2.25 } },
    })
    await gateway.publish(SUBJECTS.usageEvents(job.id), usageMessage(job, 'one'))
    await publishJob({ ...completed, version: 4 })
    expect((await nextOf(results)).data).toMatchObject({ jobChanged: { version: 4 } })
    await results.return?.()
    await noSubscriptions()
  })

  test('shows the state that the event tells, not the one at the time of asking, without asking for it', async () => {
    const job = addJob()
    const results = gateway.subscribe(alice, 'subscription ($id: ID!) { jobChanged(id: $id) { state } }', {
      id: job.id,
    })
    await nextOf(results)
    gateway.services.hooks.before = () => {
      throw new Error('a question that need not be asked')
    }
    for (const version of [2, 3, 4]) {
      const state = version === 3 ? 'RUNNING' : 'QUEUED'
      await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, state, version }))
    }
    const states = [await nextOf(results), await nextOf(results), await nextOf(results)]
    expect(states.map(({ data }) => data?.jobChanged)).toEqual([
      { state: 'QUEUED' },
      { state: 'RUNNING' },
      { state: 'QUEUED' },
    ])
    await results.return?.()
  })

  test('misses no change that happens while the present is asked for', async () => {
    const job = addJob()
    gateway.services.hooks.before = async (_service, field) => {
      if (field !== 'job') return
      gateway.services.hooks.before = () => {}
      await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, state: 'RUNNING', version: 2 }))
    }
    const results = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
    expect((await nextOf(results)).data).toMatchObject({ jobChanged: { version: 1 } })
    expect((await nextOf(results)).data).toMatchObject({ jobChanged: { version: 2 } })
    await results.return?.()
  })

  test("refuses another person's job as one that is not there, and an id that is none", async () => {
    const job = addJob()
    const bob = await gateway.as('bob')
    const refusals = [job.id, randomUUID()].map((id) =>
      nextOf(gateway.subscribe(bob, JOB_CHANGED, { id })).catch((error: unknown) => error),
    )
    const [other, absent] = await Promise.all(refusals)
    expect(other).toMatchObject([{ message: 'There is no such job.', extensions: { code: 'NOT_FOUND' } }])
    expect(absent).toEqual(other)
    for (const id of ['*', '>', 'a.b', '']) {
      const refusal = await nextOf(gateway.subscribe(bob, JOB_CHANGED, { id })).catch((error: unknown) => error)
      expect(refusal).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'id', message: 'must be a UUID' }] } },
      ])
    }
    await noSubscriptions()
  })

  test('ends when the job goes to somebody whom the client may not watch', async () => {
    const job = addJob()
    const results = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
    await nextOf(results)
    await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, version: 2, submittedBy: 'bob' }))
    expect(await nextOf(results)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
    expect(await results.next()).toMatchObject({ done: true })
    await results.return?.()
  })

  test('tells with a path which service is away, and goes on with the next event', async () => {
    const job = addJob()
    const results = gateway.subscribe(alice, JOB_CHANGED, { id: job.id })
    await nextOf(results)
    await gateway.services.usage.stop()
    await publishJob({ ...job, version: 2 })
    expect((await nextOf(results)).errors).toMatchObject([
      { extensions: { code: 'UNAVAILABLE', serviceName: 'usage' } },
    ])
    await gateway.services.usage.startAgain()
    await publishJob({ ...job, version: 3 })
    expect(await nextOf(results)).toMatchObject({ data: { jobChanged: { version: 3, usage: { gpuSeconds: 0 } } } })
    await results.return?.()
  })

  test('takes aliases, fragments, variables and conditions, at its root too', async () => {
    const job = addJob()
    const query = `subscription Watch($id: ID!, $yes: Boolean!, $no: Boolean!) { ...Root @include(if: $yes) }
      fragment Root on Subscription { it: jobChanged(id: $id) @skip(if: $no) { ...Names paid: usage @include(if: $no) { runs } } }
      fragment Names on Job { title: name __typename usage { seconds: gpuSeconds } }`
    const results = gateway.subscribe(alice, query, { id: job.id, yes: true, no: false })
    expect(await nextOf(results)).toMatchObject({
      data: { it: { title: 'train', __typename: 'Job', usage: { seconds: 0 } } },
    })
    await results.return?.()
    const nothing = gateway.subscribe(alice, query, { id: job.id, yes: false, no: false })
    await expect(nextOf(nothing)).rejects.toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  test('is run once for all who get the same', async () => {
    const job = addJob()
    let asked = 0
    const many = Array.from({ length: 5 }, () => gateway.subscribe(alice, JOB_CHANGED, { id: job.id }))
    await Promise.all(many.map(nextOf))
    gateway.services.hooks.before = (service) => {
      if (service === 'usage') asked += 1
    }
    await publishJob({ ...job, version: 2 })
    await Promise.all(many.map(nextOf))
    expect(asked).toBe(1)
    expect(gateway.subscriptions()).toBe(2)
    await Promise.all(many.map((results) => results.return?.()))
    await noSubscriptions()
  })
})

describe('jobsChanged', () => {
  test('tells of the jobs of one array alone, where that was asked for', async () => {
    const query = 'subscription ($array: ID) { jobsChanged(filter: { array: $array }) { name } }'
    const arrayId = '0199a1b2-0000-7000-8000-0000000000aa'
    const who: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
    const ofArray = await gateway.graph.subscribe(query, { array: arrayId.toUpperCase() }, who)
    await publishJob(makeJob({ name: 'alone' }))
    await publishJob(makeJob({ name: 'part[0]', arrayId }))
    expect(await nextOf(ofArray)).toMatchObject({ data: { jobsChanged: { name: 'part[0]' } } })
    await ofArray.return?.()
    await noSubscriptions()
  })

  test('shows the jobs that one may see and that fit the filter', async () => {
    const query = 'subscription ($filter: JobFilter) { jobsChanged(filter: $filter) { name usage { gpuSeconds } } }'
    const who: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
    const filter = { states: ['FAILED'], account: 'team-a', submittedBy: 'alice', name: 'IMAGE' }
    const all = await gateway.graph.subscribe(query, {}, who)
    const fitting = await gateway.graph.subscribe(query, { filter }, who)
    await publishJob(makeJob({ name: 'of bob', submittedBy: 'bob' }))
    await publishJob(makeJob({ name: 'ImageNet 1', state: 'COMPLETED' }))
    await publishJob(makeJob({ name: 'ImageNet 2', state: 'FAILED', account: 'team-b' }))
    await publishJob(makeJob({ name: 'text', state: 'FAILED' }))
    await publishJob(makeJob({ name: 'ImageNet 3', state: 'FAILED' }))
    expect(await nextOf(fitting)).toMatchObject({
      data: { jobsChanged: { name: 'ImageNet 3', usage: { gpuSeconds: 0 } } },
    })
    const names = [await nextOf(all), await nextOf(all), await nextOf(all), await nextOf(all)].map(({ data }) => data)
    expect(names).toMatchObject(
      ['ImageNet 1', 'ImageNet 2', 'text', 'ImageNet 3'].map((name) => ({ jobsChanged: { name } })),
    )
    await Promise.all([all.return?.(), fitting.return?.()])
    await noSubscriptions()
  })

  test('tells who reads slowly of each job as it was last, and who keeps up of every change', async () => {
    const query = 'subscription ($name: String) { jobsChanged(filter: { name: $name }) { id version } }'
    const who: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
    const [slow, quick] = await Promise.all([1, 2].map(() => gateway.graph.subscribe(query, { name: 'busy' }, who)))
    if (!slow || !quick) throw new Error('There are two.')
    const [one, other] = [makeJob({ name: 'busy' }), makeJob({ name: 'busy' })]
    const change = (job: TestJob, version: number) =>
      gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, version }))
    const last = 2_200
    void change(one, 1)
    for (let version = 1; version <= last; version++) void change(other, version)
    let told = 0
    while (told <= last) {
      await nextOf(quick)
      told += 1
    }
    expect([await nextOf(slow), await nextOf(slow)].map(({ data }) => data)).toEqual([
      { jobsChanged: { id: one.id, version: 1 } },
      { jobsChanged: { id: other.id, version: last } },
    ])
    await Promise.all([slow.return?.(), quick.return?.()])
  })

  test('refuses a state that there is not, by its name', async () => {
    const refused = gateway.subscribe(
      alice,
      'subscription ($s: [JobState!]) { jobsChanged(filter: { states: $s }) { id } }',
      { s: ['DONE'] },
    )
    await expect(nextOf(refused)).rejects.toMatchObject([
      { message: expect.stringContaining('"DONE"'), extensions: { code: 'BAD_USER_INPUT' } },
    ])
  })
})
