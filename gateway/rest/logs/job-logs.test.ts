import { createConnection, type Socket } from 'node:net'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'
import { type FakeJob, JOB_ID } from '../testing/fake-job.ts'
import { all, eventsOf, take } from '../testing/read-events.ts'

const PATH = `/jobs/${JOB_ID}/logs`

let bridge: Bridge
let job: FakeJob
beforeAll(async () => {
  bridge = await startBridge({ heartbeatMs: 50, lostPatienceMs: 100 })
})
beforeEach(() => {
  bridge.newWorld()
  job = bridge.world.addJob()
})
afterAll(() => bridge.close())

/** Ends the attempt and the job with it. */
function complete(run = bridge.world.start(job)) {
  bridge.world.write(run, '', { end: true })
  bridge.world.endRun(job, run, { state: 'COMPLETED', exitCode: 0 }, { state: 'COMPLETED' })
  return run
}

test('replays what is stored and ends', async () => {
  const run = bridge.world.start(job)
  bridge.world.write(run, 'one\n')
  bridge.world.write(run, 'two\nthr')
  complete(run)
  const response = await bridge.open(PATH)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(await all(response)).toEqual([
    {
      id: '1.0',
      event: 'log',
      data: {
        attempt: 1,
        run_id: run.id,
        seq: 0,
        at: '2026-01-31T12:00:01.000Z',
        stream: 'stdout',
        text: 'one\n',
        first_line: 0,
      },
    },
    { id: '1.1', event: 'log', data: expect.objectContaining({ seq: 1, text: 'two\nthr', first_line: 1 }) },
    { id: 'end', event: 'end', data: { state: 'completed', exit_code: 0 } },
  ])
})

test('waits while the job is queued, with a heartbeat, then follows each line as it comes', async () => {
  const seen = { heartbeats: 0 }
  const events = eventsOf(await bridge.open(PATH), seen)
  const first = take(events)
  await expect.poll(() => seen.heartbeats).toBeGreaterThan(1)
  const run = bridge.world.start(job)
  bridge.world.write(run, 'one\n')
  expect((await first).data.text).toBe('one\n')
  bridge.world.write(run, 'two\n')
  expect((await take(events)).data.text).toBe('two\n')
  complete(run)
  expect(await take(events)).toMatchObject({ event: 'end' })
  expect(await take(events)).toBeUndefined()
})

test('goes on with the next attempt after one that failed', async () => {
  const events = eventsOf(await bridge.open(PATH))
  const failed = bridge.world.start(job)
  bridge.world.write(failed, 'a')
  bridge.world.write(failed, '', { end: true })
  bridge.world.endRun(job, failed, { state: 'FAILED', exitCode: 1 }, { state: 'QUEUED' })
  expect(await take(events)).toMatchObject({ id: '1.0' })
  const second = bridge.world.start(job)
  bridge.world.write(second, 'b')
  expect(await take(events)).toMatchObject({ id: '2.0', data: { attempt: 2, run_id: second.id, text: 'b' } })
  bridge.world.write(second, '', { end: true })
  bridge.world.endRun(job, second, { state: 'FAILED', exitCode: 7 }, { state: 'FAILED' })
  expect(await take(events)).toMatchObject({ event: 'end', data: { state: 'failed', exit_code: 7 } })
})

test('does not wait for ever for the end of the log of a lost attempt', async () => {
  const events = eventsOf(await bridge.open(PATH))
  const lost = bridge.world.start(job)
  bridge.world.write(lost, 'a')
  expect(await take(events)).toMatchObject({ id: '1.0' })
  bridge.world.endRun(job, lost, { state: 'LOST' }, { state: 'QUEUED' })
  bridge.world.write(bridge.world.start(job), 'b')
  expect(await take(events)).toMatchObject({ id: '2.0', data: { text: 'b' } })
})

test('a job that was cancelled while it was queued has no output and ends at once', async () => {
  const events = eventsOf(await bridge.open(PATH))
  bridge.world.change(job, { state: 'CANCELLED' })
  expect(await take(events)).toEqual({ id: 'end', event: 'end', data: { state: 'cancelled', exit_code: null } })
})

test('resumes behind Last-Event-ID, in the same attempt and in the next', async () => {
  const first = bridge.world.start(job)
  for (const text of ['a', 'b', 'c']) bridge.world.write(first, text)
  bridge.world.write(first, '', { end: true })
  bridge.world.endRun(job, first, { state: 'FAILED', exitCode: 1 }, { state: 'QUEUED' })
  const second = bridge.world.start(job)
  bridge.world.write(second, 'd')
  complete(second)
  const idsAfter = async (id: string) =>
    (await all(await bridge.open(PATH, { headers: { 'Last-Event-ID': id } }))).map((event) => event.id)
  expect(await idsAfter('1.1')).toEqual(['1.2', '2.0', 'end'])
  expect(await idsAfter('2.0')).toEqual(['end'])
  expect((await bridge.open(PATH, { headers: { 'last-event-id': 'end' } })).status).toBe(204)
})

test('gives plain text where that is asked for', async () => {
  const run = bridge.world.start(job)
  bridge.world.write(run, 'one\ntw')
  const response = await bridge.open(PATH, { headers: { accept: 'text/plain' } })
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  bridge.world.write(run, 'o ü\n')
  complete(run)
  expect(await response.text()).toBe('one\ntwo ü\n')
})

/** Two attempts, of which the first has failed; each wrote three lines in three pieces. */
function twoAttempts() {
  const first = bridge.world.start(job)
  for (const text of ['a0\n', 'a1\n', 'a2\n']) bridge.world.write(first, text)
  bridge.world.write(first, '', { end: true })
  bridge.world.endRun(job, first, { state: 'FAILED', exitCode: 3 }, { state: 'QUEUED' })
  const second = bridge.world.start(job)
  for (const text of ['b0\n', 'b1\n', 'b2\n']) bridge.world.write(second, text)
  return { first, second }
}

const PLAIN = { headers: { accept: 'text/plain' } }

test('begins with a line, of the first attempt that is shown', async () => {
  complete(twoAttempts().second)
  const textOf = async (query: string) => (await bridge.open(PATH + query, PLAIN)).text()
  expect(await textOf('?from_line=1')).toBe('a1\na2\nb0\nb1\nb2\n')
  expect(await textOf('?from_line=1&attempt=2')).toBe('b1\nb2\n')
  const resumed = await bridge.open(`${PATH}?from_line=1`, { headers: { 'last-event-id': '1.1' } })
  expect((await all(resumed)).map(({ id }) => id)).toEqual(['1.2', '2.0', '2.1', '2.2', 'end'])
})

test('gives one attempt alone, and its end', async () => {
  const { second } = twoAttempts()
  expect(await (await bridge.open(`${PATH}?attempt=1`, PLAIN)).text()).toBe('a0\na1\na2\n')
  const ended = await all(await bridge.open(`${PATH}?attempt=1`, { headers: { 'last-event-id': '1.1' } }))
  expect(ended).toMatchObject([{ id: '1.2' }, { id: 'end', data: { state: 'running', exit_code: 3 } }])
  const events = eventsOf(await bridge.open(`${PATH}?attempt=2`))
  for (const text of ['b0\n', 'b1\n', 'b2\n']) expect((await take(events)).data.text).toBe(text)
  // The log ends before its attempt is known to have.
  bridge.world.write(second, '', { end: true })
  bridge.world.endRun(job, second, { state: 'FAILED', exitCode: 7 }, { state: 'QUEUED' })
  expect(await take(events)).toMatchObject({ event: 'end', data: { state: 'queued', exit_code: 7 } })
  expect(await take(events)).toBeUndefined()
})

test('an attempt that is waited for and never comes has no end of its own', async () => {
  const run = bridge.world.start(job)
  const events = eventsOf(await bridge.open(`${PATH}?attempt=2`))
  complete(run)
  expect(await take(events)).toMatchObject({ event: 'end', data: { state: 'completed', exit_code: null } })
  expect(await take(events)).toBeUndefined()
})

test('refuses an attempt that an ended job never had, and lines and attempts that are none', async () => {
  complete()
  expect((await bridge.call(`${PATH}?attempt=2`)).json).toMatchObject({
    status: 404,
    detail: 'The job had no attempt 2.',
  })
  const { json } = await bridge.call(`${PATH}?attempt=0&from_line=-1&line=3`)
  expect(json.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['attempt', 'from_line', 'line'])
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

test('says that output is kept no longer: 410 where there is no other, an event or a line where there is', async () => {
  const { first, second } = twoAttempts()
  bridge.world.expire(job, first)
  complete(second)
  expect(await all(await bridge.open(PATH))).toMatchObject([
    { id: undefined, event: 'expired', data: { attempt: 1, run_id: first.id } },
    { id: '2.0' },
    { id: '2.1' },
    { id: '2.2' },
    { id: 'end' },
  ])
  expect(await (await bridge.open(PATH, PLAIN)).text()).toBe(
    '[The output of attempt 1 is kept no longer.]\nb0\nb1\nb2\n',
  )
  expect((await bridge.call(`${PATH}?attempt=1`)).json).toMatchObject({ status: 410 })
  bridge.world.expire(job, second)
  expect((await bridge.call(PATH)).json).toMatchObject({
    status: 410,
    detail: 'The output is older than output is kept.',
  })
  expect((await bridge.call(PATH, PLAIN)).status).toBe(410)
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

test('a client that goes away ends the subscriptions', async () => {
  bridge.world.start(job)
  const leaving = new AbortController()
  await fetch(bridge.url + PATH, { headers: { authorization: 'Bearer alice' }, signal: leaving.signal })
  await bridge.world.subscriptions.when((subjects) => subjects.length === 2)
  leaving.abort()
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

test('the end of the job ends the subscriptions', async () => {
  complete()
  await all(await bridge.open(PATH))
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

test('HEAD answers at once and leaves nothing open', async () => {
  const response = await bridge.open(PATH, { method: 'HEAD' })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

test('when the graph fails in the middle, the client is told why, and that it is not the end', async () => {
  const run = bridge.world.start(job)
  const events = eventsOf(await bridge.open(PATH))
  bridge.world.write(run, 'a')
  expect(await take(events)).toMatchObject({ id: '1.0' })
  bridge.world.failWith(new ConstellationError('UNAVAILABLE', 'The jobs service does not answer.'))
  bridge.world.write(run, '', { end: true })
  bridge.world.endRun(job, run, { state: 'FAILED' }, { state: 'QUEUED' })
  bridge.world.start(job)
  expect(await take(events)).toEqual({
    id: undefined,
    event: 'problem',
    data: expect.objectContaining({ status: 503, detail: 'The jobs service does not answer.' }),
  })
  expect(await take(events)).toBeUndefined()
})

test('plain text that is cut short does not look whole', async () => {
  const run = bridge.world.start(job)
  bridge.world.write(run, 'a')
  const response = await bridge.open(PATH, { headers: { accept: 'text/plain' } })
  const text = response.text()
  await bridge.world.subscriptions.when((subjects) => subjects.length === 2)
  bridge.world.subscriptions.end()
  bridge.world.endRun(job, run, { state: 'FAILED' }, { state: 'QUEUED' })
  await expect(text).rejects.toThrow('terminated')
})

test('a server that closes does not wait for a log', async () => {
  const closing = await startBridge()
  closing.world.start(closing.world.addJob())
  const response = await closing.open(PATH)
  await closing.app.close()
  expect(await all(response).catch(() => 'cut')).toEqual('cut')
})

test('a client that does not read holds up nobody and fills no memory', async () => {
  const run = bridge.world.start(job)
  const text = 'x'.repeat(65_536)
  for (let chunk = 0; chunk < 2_000; chunk++) bridge.world.write(run, text)
  const socket = await pausedRequest()
  const before = process.memoryUsage().external
  await bridge.world.subscriptions.when((subjects) => subjects.length === 2)
  const other = eventsOf(await bridge.open(PATH))
  for (let chunk = 0; chunk < 2_000; chunk++) await take(other)
  expect(process.memoryUsage().external - before).toBeLessThan(64 * 2 ** 20)
  socket.destroy()
  await other.return(undefined)
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

async function pausedRequest(): Promise<Socket> {
  const socket = createConnection(Number(new URL(bridge.url).port), '127.0.0.1')
  socket.pause()
  socket.write(`GET ${PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer alice\r\n\r\n`)
  return socket
}
