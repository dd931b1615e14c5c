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
        max_idle_seconds: 600,
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
        maxIdleSeconds: 600,
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
      max_idle_seconds: 60,
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
