import { ConstellationError } from '@constellation/platform/errors.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from './testing/bridge.ts'
import { JOB_ID } from './testing/fake-job.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())
const post = (json: unknown) => bridge.call('/jobs', { method: 'POST', json })

describe('when the graph fails', () => {
  test('who asks for too much is told when to come back', async () => {
    bridge.world.failWith(new ConstellationError('RATE_LIMITED', 'Try again in 7 s.', { retryAfterSeconds: 7 }))
    const { status, headers } = await bridge.call('/jobs')
    expect([status, headers.get('retry-after')]).toEqual([429, '7'])
  })

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
