import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'
import { JOB_ID } from '../testing/fake-job.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

describe('entity tags', () => {
  const put = (json: object, ifMatch: string, method = 'PATCH') =>
    bridge.call(`/jobs/${JOB_ID}`, { method, json, headers: { 'if-match': ifMatch } })

  test('an answer that the client has is 304, until the job or what is said of it has changed', async () => {
    const job = bridge.world.addJob({ queue: { position: 2, reason: 'BUSY', message: 'Busy.', eta: null } })
    const etag = (await bridge.call(`/jobs/${JOB_ID}`)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"1-/)
    const again = (tags: string, method = 'GET') =>
      bridge.open(`/jobs/${JOB_ID}`, { method, headers: { 'if-none-match': tags } })
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await again(tags)
      expect([tags, answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([tags, 304, etag, ''])
    }
    expect((await again(etag, 'HEAD')).status).toBe(304)
    job.queue = { position: 1, reason: 'BUSY', message: 'Busy.', eta: null }
    const moved = await again(etag)
    expect([moved.status, moved.headers.get('etag') === etag]).toEqual([200, false])
    await moved.body?.cancel()
  })

  test('a change is made where the job is the one that the client has seen, and only then', async () => {
    const job = bridge.world.addJob()
    const { headers } = await bridge.call(`/jobs/${JOB_ID}`)
    const changed = await put({ name: 'one' }, headers.get('etag') ?? '')
    expect([changed.status, changed.json.name]).toEqual([200, 'one'])
    expect(changed.headers.get('etag')).toMatch(/^"2-/)
    const late = await put({ name: 'two' }, headers.get('etag') ?? '', 'PUT')
    expect(late.json).toMatchObject({ status: 412, title: 'Precondition Failed' })
    expect(job.name).toBe('one')
    expect((await put({ name: 'three' }, changed.headers.get('etag') ?? '')).status).toBe(200)
  })

  test('* is any job, a tag of another kind is none, and several tags are refused', async () => {
    bridge.world.addJob()
    expect((await put({ name: 'one' }, '*')).status).toBe(200)
    for (const tag of ['"x"', 'W/"2"', 'nonsense'])
      expect([tag, (await put({ name: 'x' }, tag)).status]).toEqual([tag, 412])
    expect((await put({ name: 'two' }, '"1", "2"')).json.errors).toEqual([
      { path: 'If-Match', message: 'must be one tag' },
    ])
  })
})
