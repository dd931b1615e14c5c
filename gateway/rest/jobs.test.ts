import { ConstellationError } from '@constellation/platform/errors.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from './test-bridge.ts'
import { GPU, JOB_ID } from './test-world.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

const post = (json: unknown) => bridge.call('/jobs', { method: 'POST', json })

/** Whatever else a specification may hold. */
const MORE = {
  retry: { exit_codes: [75], backoff_seconds: 10, max_backoff_seconds: 60 },
  preemptible: true,
  warning: { signal: 'SIGUSR2', seconds: 30 },
  worker_labels: { zone: 'a' },
  container: { image: 'a:1', mounts: [{ source: '/data', target: '/d', read_only: true }] },
  limits: { memory_mb: 1024, cpus: 1.5 },
  secrets: ['TOKEN'],
}

describe('POST /jobs', () => {
  test('stores the job and answers it with its place', async () => {
    const params = { command: ['python3', 'train.py'], gpus: 1 }
    const answer = await post({ name: 'train', params, priority: 5, account: 'team-b' })
    expect([answer.status, answer.headers.get('location')]).toEqual([201, `/jobs/${JOB_ID}`])
    expect(answer.json).toMatchObject({
      id: JOB_ID,
      name: 'train',
      params,
      priority: 5,
      account: 'team-b',
      state: 'queued',
    })
    expect(answer.json).not.toHaveProperty('gpu_seconds')
  })

  test('hands each field of the specification on by the name that the graph has for it', async () => {
    await post({
      params: {
        command: ['a', 'b'],
        gpus: { count: 2, min_memory_mb: 40_000, model: 'A100' },
        env: { LR: '0.1' },
        working_directory: '/data',
        timeout_seconds: 60,
        max_retries: 3,
        ...MORE,
      },
      depends_on: [JOB_ID],
      after: [GPU.id],
      array: { sweep: [{ name: 'LR', values: ['1', '2'] }], max_parallel: 1 },
      start_at: '2126-01-31T12:00:00.000Z',
    })
    expect(bridge.world.asked[0]?.args).toEqual({
      idempotencyKey: null,
      input: {
        name: null,
        command: ['a', 'b'],
        shell: false,
        gpus: { count: 2, minMemoryMb: 40_000, model: 'A100', minComputeCapability: null },
        env: { LR: '0.1' },
        workingDirectory: '/data',
        timeoutSeconds: 60,
        maxRetries: 3,
        priority: null,
        account: null,
        ref: null,
        dependsOn: [JOB_ID],
        after: [GPU.id],
        array: { count: null, sweep: [{ name: 'LR', values: ['1', '2'] }], maxParallel: 1 },
        startAt: '2126-01-31T12:00:00.000Z',
        retry: { exitCodes: [75], backoffSeconds: 10, maxBackoffSeconds: 60 },
        preemptible: true,
        warning: { signal: 'SIGUSR2', seconds: 30 },
        workerLabels: { zone: 'a' },
        container: { image: 'a:1', mounts: [{ source: '/data', target: '/d', readOnly: true }] },
        limits: { memoryMb: 1024, cpus: 1.5 },
        secrets: ['TOKEN'],
      },
    })
  })

  test('takes one line where a shell is asked for', async () => {
    const answer = await post({ params: { command: 'a && b', shell: true } })
    expect(answer.json.params).toEqual({ command: ['a && b'], shell: true, gpus: 0 })
  })

  test('submits the template that the name names when params has no command', async () => {
    const answer = await post({ name: 'resnet50', params: { epochs: 10, augment: true, data: 'imagenet' } })
    expect(bridge.world.asked[0]?.args).toMatchObject({
      input: { name: 'resnet50', template: 'resnet50', arguments: { epochs: '10', augment: 'true', data: 'imagenet' } },
    })
    expect(answer.json.template).toBe('resnet50')
  })

  test('what an answer has in params can be submitted again', async () => {
    const params = {
      command: ['a', ''],
      gpus: { count: 2, model: 'A100' },
      env: { A: '', B: 'ü\n' },
      working_directory: '/data',
      timeout_seconds: 1,
      max_retries: 1,
      ...MORE,
    }
    const first = await post({ params })
    expect(first.json.params).toEqual(params)
    expect((await post({ params: first.json.params })).json.params).toEqual(params)
  })
})

describe('POST /jobs/check', () => {
  const check = (json: unknown) => bridge.call('/jobs/check', { method: 'POST', json })

  test('tells whether the job could run, and stores nothing', async () => {
    const answer = await check({ params: { command: ['a'], gpus: 2 } })
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        possible: true,
        reason: 'reserved_for_others',
        message: 'Kept.',
        eta: null,
        workers: [{ worker: 'worker-1', possible: true, gpus_that_fit: 2, gpus_free: 1, reason: null }],
      },
    ])
    expect(bridge.world.asked).toMatchObject([{ field: 'checkJob', args: { input: { gpus: { count: 2 } } } }])
    expect(bridge.world.jobs).toEqual([])
  })

  test('refuses what submitting would, by the same paths', async () => {
    const wrong = await check({ params: { command: ['a'], working_directory: './x' } })
    expect(wrong.json).toMatchObject({ status: 422, errors: [{ path: 'params.working_directory' }] })
    expect((await check({ params: {} })).json).toMatchObject({ status: 400, errors: [{ path: 'params.command' }] })
  })
})

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

describe('POST /jobs/batch', () => {
  const batch = (jobs: unknown, headers = {}) => bridge.call('/jobs/batch', { method: 'POST', json: { jobs }, headers })

  test('stores all jobs and answers them in their order', async () => {
    const answer = await batch([
      { name: 'a', ref: 'a', params: { command: ['a'] } },
      { name: 'b', params: { command: ['b'] }, depends_on: ['a'] },
    ])
    expect([answer.status, answer.json.jobs.map(({ name }: { name: string }) => name)]).toEqual([201, ['a', 'b']])
    expect(bridge.world.asked[0]).toMatchObject({
      field: 'submitJobs',
      args: {
        inputs: [
          { ref: 'a', dependsOn: null },
          { ref: null, dependsOn: ['a'] },
        ],
      },
    })
  })

  test('names the position of what is wrong, and stores nothing', async () => {
    const wrong = await batch([
      { params: { command: ['a'] } },
      { params: { command: ['a'], working_directory: './x' } },
    ])
    expect(wrong.json).toMatchObject({ status: 422, errors: [{ path: 'jobs.1.params.working_directory' }] })
    const invalid = await batch([{ params: { command: ['a'] } }, { params: { command: [1] } }])
    expect(invalid.json).toMatchObject({ status: 400, errors: [{ path: 'jobs.1.params.command.0' }] })
    const neither = await batch([{ params: {} }])
    expect(neither.json).toMatchObject({ status: 400, errors: [{ path: 'jobs.0.params.command' }] })
    expect(bridge.world.jobs).toEqual([])
  })

  test('is of one to a thousand jobs', async () => {
    const one = { params: { command: ['a'] } }
    expect((await batch([])).json).toMatchObject({ status: 400, errors: [{ path: 'jobs' }] })
    expect((await batch(Array.from({ length: 1001 }, () => one))).json).toMatchObject({ status: 400 })
    expect((await batch(Array.from({ length: 1000 }, () => one))).json.jobs).toHaveLength(1000)
  })

  test('is no id of a job', async () => {
    expect((await bridge.call('/jobs/batch')).status).toBe(405)
  })
})

describe('Idempotency-Key', () => {
  const send = (path: string, json: unknown, key = 'k') =>
    bridge.call(path, { method: 'POST', json, headers: { 'idempotency-key': key } })
  const body = { params: { command: ['a'] } }

  test('gives the same job again, and says that it did', async () => {
    const first = await send('/jobs', body)
    const again = await send('/jobs', body)
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    expect(again.json.id).toBe(first.json.id)
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(bridge.world.jobs).toHaveLength(1)
  })

  test('gives a batch again', async () => {
    const jobs = [body, body]
    const first = await send('/jobs/batch', { jobs })
    const again = await send('/jobs/batch', { jobs })
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    expect(again.json).toEqual(first.json)
  })

  test('with another body is refused with 422', async () => {
    await send('/jobs', body)
    const other = await send('/jobs', { params: { command: ['b'] } })
    expect(other.json).toMatchObject({ status: 422, detail: 'The idempotency key was used for another submission.' })
    expect(bridge.world.jobs).toHaveLength(1)
  })

  test('that is none is refused', async () => {
    for (const key of ['x'.repeat(256), 'ü']) {
      const answer = await send('/jobs', body, key)
      expect(answer.json).toMatchObject({ status: 400, errors: [{ path: 'idempotency-key' }] })
    }
  })
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
      filter: { states: ['QUEUED', 'RUNNING'], account: 'team-a', submittedBy: 'alice', name: 'tr' },
      first: 1,
      after: 'c',
    })
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
      { state: 'COMPLETED', exitCode: 0, finishedAt: '2026-01-31T12:00:04.250Z' },
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
        reason: null,
        metrics: null,
      },
    ])
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

describe('other reads', () => {
  test('GET /gpus has the documented names', async () => {
    const { json } = await bridge.call('/gpus?simulated=true&worker=worker-1')
    expect(json.gpus[0]).toMatchObject({
      total_mem_mb: 81_920,
      compute_capability: '8.0',
      simulated: true,
      state: 'available',
      worker: { id: 'worker-1', hostname: 'node-1', state: 'online' },
    })
    expect(json.next_cursor).toBeNull()
    expect(bridge.world.asked[0]?.args).toMatchObject({ filter: { name: null, workerId: 'worker-1', simulated: true } })
  })

  test("GET /usage/accounts/{id} has the account's sum and its rows", async () => {
    const { json } = await bridge.call('/usage/accounts/team-a?from=2026-01-01T01:00:00%2B01:00')
    expect(json).toMatchObject({
      account: 'team-a',
      gpu_seconds: 3.25,
      runs: 1,
      from: '2026-01-01T00:00:00.000Z',
      to: null,
    })
    expect(bridge.world.asked[0]?.args).toMatchObject({
      range: { from: '2026-01-01T00:00:00.000Z', to: null },
      filter: { account: 'team-a' },
    })
  })

  test('GET /usage/leaderboard goes by accounts unless asked otherwise', async () => {
    expect((await bridge.call('/usage/leaderboard')).json).toMatchObject({
      by: 'account',
      entries: [{ rank: 1, key: 'team-a' }],
    })
    await bridge.call('/usage/leaderboard?by=model&limit=3')
    expect(bridge.world.asked.map(({ args }) => args)).toMatchObject([
      { by: 'ACCOUNT', first: 10 },
      { by: 'MODEL', first: 3 },
    ])
  })
})

describe('when the graph fails', () => {
  test('a service that does not answer is 503 with Retry-After', async () => {
    bridge.world.failWith(new ConstellationError('UNAVAILABLE', 'The jobs service does not answer.'))
    for (const path of ['/jobs', '/gpus', '/usage/leaderboard', `/jobs/${JOB_ID}/logs`]) {
      const answer = await bridge.call(path)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    }
  })

  test('a job is told without what another service would know of it', async () => {
    const away = () => {
      throw new ConstellationError('UNAVAILABLE', 'away')
    }
    const job = bridge.world.addJob({ usage: away })
    const run = bridge.world.start(job)
    bridge.world.endRun(job, run, { gpus: away }, {})
    const { status, json } = await bridge.call(`/jobs/${JOB_ID}`)
    expect([status, json.state, json.runs[0].gpus, json.runs[0].gpu_id]).toEqual([200, 'running', null, null])
    expect(json).not.toHaveProperty('gpu_seconds')
    const cancelled = await bridge.call(`/jobs/${JOB_ID}`, { method: 'DELETE' })
    expect([cancelled.status, cancelled.json.cancel_requested]).toEqual([202, true])
  })

  test('what is not allowed is 403, with the reason', async () => {
    bridge.world.failWith(new ConstellationError('FORBIDDEN', 'The role analyst submits no jobs.'))
    const answer = await post({ params: { command: ['a'] } })
    expect(answer.json).toMatchObject({ status: 403, detail: 'The role analyst submits no jobs.' })
  })

  test('an argument that the graph refuses is told by the name of the parameter', async () => {
    const problems = [{ path: 'after', message: 'is no cursor' }]
    bridge.world.failWith(new ConstellationError('BAD_USER_INPUT', 'no', { problems }))
    const answer = await bridge.call('/jobs?cursor=x')
    expect(answer.json).toMatchObject({ status: 400, errors: [{ path: 'cursor', message: 'is no cursor' }] })
  })

  test('an unexpected error is 500 and tells nothing of the inside', async () => {
    bridge.world.failWith(new Error('password=secret at /srv/x.ts'))
    const answer = await bridge.call('/jobs')
    expect(answer.json).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'Something went wrong here.',
    })
  })
})

describe('the service itself', () => {
  test('GET / has links, without a token, and sends browsers to the page', async () => {
    const answer = await bridge.call('/', { token: null })
    expect(answer.json).toMatchObject({ name: 'constellation', links: { jobs: '/jobs', docs: '/docs' } })
    const browser = await bridge.call('/', { token: null, headers: { accept: 'text/html,application/xhtml+xml' } })
    expect([browser.status, browser.headers.get('location')]).toEqual([303, '/app/'])
  })

  test('GET /openapi.json is the contract', async () => {
    const { json } = await bridge.call('/openapi.json', { token: null })
    expect(json.openapi).toBe('3.1.0')
    expect(Object.keys(json.paths)).toContain('/jobs/{id}/logs')
  })

  test('GET /docs is a page that fetches nothing from elsewhere', async () => {
    const page = await bridge.call('/docs', { token: null })
    expect(page.status).toBe(200)
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    for (const [, file] of page.text.matchAll(/(?:src|href)="\.?([^"]+)"/g)) {
      const path = file?.startsWith('/docs') ? file : `/docs${file}`
      const response = await bridge.open(path, { token: null })
      // A body that is not read would keep its connection busy, and the server waits for it.
      const size = (await response.arrayBuffer()).byteLength
      expect([path, response.status, size > 0]).toEqual([path, 200, true])
    }
  })
})
