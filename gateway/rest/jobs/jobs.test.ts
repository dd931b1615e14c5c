import { ConstellationError } from '@constellation/platform/errors.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'
import { JOB_ID } from '../testing/fake-job.ts'
import { GPU } from '../testing/gpus.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())
test('a job that waits says why where it is read, and not where it was just stored', async () => {
  const queue = {
    position: 3,
    reason: 'BEHIND_OTHERS',
    message: '2 jobs go before it.',
    eta: '2026-01-31T12:00:00.000Z',
  } as const
  bridge.world.addJob({ queue })
  const told = { ...queue, reason: 'behind_others' }
  expect((await bridge.call(`/jobs/${JOB_ID}`)).json.queue).toEqual(told)
  expect((await bridge.call('/jobs')).json.jobs[0].queue).toEqual(told)
  bridge.world.addJob()
  expect((await bridge.call('/jobs')).json.jobs[1]).not.toHaveProperty('queue')
  expect((await bridge.call(`/jobs/${JOB_ID}`, { method: 'PUT', json: { priority: 1 } })).json).not.toHaveProperty(
    'queue',
  )
})

describe('GET /jobs', () => {
  test('hands filters on and answers pages', async () => {
    bridge.world.addJob()
    bridge.world.addJob()
    const page = await bridge.call(
      '/jobs?state=queued,running&account=team-a&submitted_by=alice&name=tr&limit=1&cursor=c',
    )
    expect(page.json.jobs.map(({ id }: { id: string }) => id)).toEqual([JOB_ID])
    expect(page.json.next_cursor).toBe('next page')
    expect(bridge.world.asked[0]?.args).toEqual({
      filter: { states: ['QUEUED', 'RUNNING'], account: 'team-a', submittedBy: 'alice', name: 'tr', array: null },
      search: {
        text: null,
        gpuModel: null,
        gpu: null,
        template: null,
        createdFrom: null,
        createdBefore: null,
      },
      orderBy: null,
      first: 1,
      after: 'c',
    })
  })

  test('is searched and ordered as the page is', async () => {
    await bridge.call(
      `/jobs?text=train%20resnet&gpu_model=a100&gpu=${GPU.id}&template=nightly&order=-finished` +
        '&created_from=2026-01-31T13:00:00%2B01:00&created_before=2026-02-01T00:00:00Z',
    )
    expect(bridge.world.asked[0]?.args).toMatchObject({
      search: {
        text: 'train resnet',
        gpuModel: 'a100',
        gpu: GPU.id,
        template: 'nightly',
        createdFrom: '2026-01-31T12:00:00.000Z',
        createdBefore: '2026-02-01T00:00:00.000Z',
      },
      orderBy: { by: 'FINISHED', direction: 'DESCENDING' },
    })
    await bridge.call('/jobs?order=name')
    expect(bridge.world.asked[1]?.args).toMatchObject({ orderBy: { by: 'NAME', direction: 'ASCENDING' } })
  })

  test('refuses an order that there is not, and what the graph refuses by the names of its own parameters', async () => {
    const { status, json } = await bridge.call('/jobs?order=state&gpu=first&created_from=today')
    expect(status).toBe(400)
    expect(json.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(['created_from', 'gpu', 'order'])
    const problems = ['search.createdFrom', 'search.gpuModel', 'orderBy'].map((path) => ({ path, message: 'is wrong' }))
    bridge.world.failWith(new ConstellationError('BAD_USER_INPUT', 'No.', { problems }))
    const refused = await bridge.call('/jobs?gpu_model=x')
    expect(refused.json.errors.map(({ path }: { path: string }) => path)).toEqual([
      'created_from',
      'gpu_model',
      'order',
    ])
  })

  test('takes a state given twice, and fifty jobs where no limit is given', async () => {
    const page = await bridge.call('/jobs?state=queued&state=failed')
    expect(page.json).toEqual({ jobs: [], next_cursor: null })
    expect(bridge.world.asked[0]?.args).toMatchObject({ filter: { states: ['QUEUED', 'FAILED'] }, first: 50 })
  })
})

describe('/jobs/{id}', () => {
  test('GET has the attempts with their GPUs, and what the job has cost', async () => {
    const job = bridge.world.addJob()
    const run = bridge.world.start(job)
    bridge.world.endRun(
      job,
      run,
      { state: 'COMPLETED', outcome: 'EXITED', exitCode: 0, finishedAt: '2026-01-31T12:00:04.250Z' },
      { state: 'COMPLETED', finishedAt: '2026-01-31T12:00:04.250Z', usage: { gpuSeconds: 3.25 } },
    )
    const { status, json } = await bridge.call(`/jobs/${JOB_ID}`)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      state: 'completed',
      gpu_seconds: 3.25,
      submitted_by: 'alice',
      cancel_requested: false,
    })
    expect(json.runs).toEqual([
      {
        id: run.id,
        job_id: JOB_ID,
        attempt: 1,
        gpu_id: GPU.id,
        gpus: [{ id: GPU.id, uuid: GPU.uuid, name: 'Simulated A100', simulated: true }],
        started_at: '2026-01-31T12:00:01.000Z',
        finished_at: '2026-01-31T12:00:04.250Z',
        state: 'completed',
        exit_code: 0,
        signal: null,
        outcome: 'exited',
        reason: null,
        idle_since: null,
        metrics: null,
      },
    ])
  })

  test('GET of a running job says since when its GPUs have done nothing', async () => {
    const run = bridge.world.start(bridge.world.addJob())
    run.idleSince = '2026-01-31T12:00:05.000Z'
    const { json } = await bridge.call(`/jobs/${JOB_ID}`)
    expect(json.runs).toMatchObject([{ state: 'running', outcome: null, idle_since: '2026-01-31T12:00:05.000Z' }])
  })

  test('PUT changes the name and the priority', async () => {
    bridge.world.addJob()
    const answer = await bridge.call(`/jobs/${JOB_ID}`, { method: 'PUT', json: { name: 'again', priority: -3 } })
    expect(answer.json).toMatchObject({ name: 'again', priority: -3 })
  })

  test('PUT of a priority that does not change any more is a conflict', async () => {
    bridge.world.addJob({ state: 'RUNNING' })
    const answer = await bridge.call(`/jobs/${JOB_ID}`, { method: 'PUT', json: { priority: 1 } })
    expect(answer.json).toMatchObject({ status: 409, detail: 'The priority of a running job does not change.' })
  })

  test('DELETE of a running job answers 202, and 200 once the job has ended', async () => {
    const job = bridge.world.addJob({ state: 'RUNNING' })
    const headers = { 'content-type': 'application/json' }
    const first = await bridge.call(`/jobs/${JOB_ID}`, { method: 'DELETE', headers })
    expect([first.status, first.json.cancel_requested]).toEqual([202, true])
    bridge.world.change(job, { state: 'CANCELLED' })
    const second = await bridge.call(`/jobs/${JOB_ID}`, { method: 'DELETE' })
    expect([second.status, second.json.state]).toEqual([200, 'cancelled'])
  })
})

test('the next page is in a Link header too, with the filters of this one', async () => {
  bridge.world.addJob()
  bridge.world.addJob()
  const first = await bridge.call('/jobs?limit=1&state=queued,running&name=a%20b')
  const link = first.headers.get('link') ?? ''
  expect(link).toMatch(/rel="next"$/)
  await bridge.call(link.slice(1, link.indexOf('>')))
  expect(bridge.world.asked.at(-1)?.args).toMatchObject({
    filter: { states: ['QUEUED', 'RUNNING'], name: 'a b' },
    first: 1,
    after: 'next page',
  })
  expect((await bridge.call('/jobs?limit=2')).headers.has('link')).toBe(false)
})

test('a client that takes no JSON is answered 406 in place of JSON, once it is signed in', async () => {
  bridge.world.addJob()
  const headers = { accept: 'text/html' }
  expect((await bridge.call('/jobs', { headers })).json).toMatchObject({
    status: 406,
    detail: 'This is answered as application/json.',
  })
  expect((await bridge.call('/jobs', { headers, token: null })).status).toBe(401)
  expect((await bridge.call(`/jobs/${JOB_ID}/logs`, { headers: { accept: 'image/png' } })).status).toBe(406)
  expect((await bridge.call('/jobs', { headers: { accept: 'text/html, */*;q=0.1' } })).status).toBe(200)
})
