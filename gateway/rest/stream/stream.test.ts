import { once } from 'node:events'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Bridge, startBridge } from '../testing/bridge.ts'
import { JOB_ID } from '../testing/fake-job.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge({ unsentBytes: 100_000 })
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

interface Client {
  socket: WebSocket
  /** The next message. */
  next(): Promise<Record<string, unknown>>
  closed: Promise<[code: number, reason: string]>
}

function connect(
  query = '',
  { token, autoPong = true, to = bridge }: { token?: string; autoPong?: boolean; to?: Bridge } = {},
): Client {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const socket = new WebSocket(`${to.url.replace('http', 'ws')}/stream${query}`, { headers, autoPong })
  const messages: Record<string, unknown>[] = []
  let wake = () => {}
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)))
    wake()
  })
  const closed = once(socket, 'close').then(([code, reason]): [number, string] => [code, String(reason)])
  return {
    socket,
    closed,
    async next() {
      while (messages.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return messages.shift() ?? {}
    },
  }
}

describe('signing in', () => {
  test('works with the header', async () => {
    expect(await connect('', { token: 'alice' }).next()).toEqual({ type: 'ready' })
  })

  test('works with the parameter', async () => {
    expect(await connect('?token=alice').next()).toEqual({ type: 'ready' })
  })

  test('works with the first message', async () => {
    const client = connect()
    await once(client.socket, 'open')
    client.socket.send('{"type":"auth","token":"alice"}')
    expect(await client.next()).toEqual({ type: 'ready' })
  })

  const refused: [what: string, query: string, message: string | undefined, code: number][] = [
    ['with a forged token', '?token=mallory', undefined, 4401],
    ['with a forged token in a message', '', '{"type":"auth","token":"mallory"}', 4401],
    ['with another message first', '', '{"type":"hello"}', 4401],
    ['with a message that is no JSON', '', '{', 4401],
    ['with a token that is no text', '', '{"type":"auth","token":5}', 4401],
    ['with a job that is no UUID', '?token=alice&job_id=17', undefined, 4400],
    ['with an unknown parameter', '?token=alice&priority=1', undefined, 4400],
    ['with a state that there is not', '?token=alice&state=queued,lost', undefined, 4400],
    ['with an id that is none', `?token=alice&after=${'a'.repeat(65)}`, undefined, 4400],
    ['with an array that is no UUID', '?token=alice&array=1', undefined, 4400],
    ['with a name without end', `?token=alice&name=${'n'.repeat(201)}`, undefined, 4400],
    ['with a job and a filter', `?token=alice&job_id=${JOB_ID}&account=team-a`, undefined, 4400],
    ['with two jobs', `?job_id=${JOB_ID}&job_id=${JOB_ID}`, undefined, 4400],
    ['for a job that is not there', `?token=alice&job_id=${JOB_ID}`, undefined, 4404],
  ]
  test.each(refused)('is refused %s', async (_what, query, message, code) => {
    const client = connect(query)
    await once(client.socket, 'open')
    if (message !== undefined) client.socket.send(message)
    expect(await client.next()).toMatchObject({ type: 'problem', problem: { title: expect.any(String) } })
    expect((await client.closed)[0]).toBe(code)
    expect(bridge.world.subscriptions.subjects()).toEqual([])
  })

  test('is refused after a while by saying nothing', async () => {
    const impatient = await startBridge({ signInMs: 50 })
    const client = connect('', { to: impatient })
    expect((await client.closed)[0]).toBe(4401)
    await impatient.close()
  })

  test('ends with the token', async () => {
    const client = connect('?token=short')
    expect(await client.closed).toEqual([4401, 'The token has expired.'])
  })
})

test('hands filters on, and how far the client has come', async () => {
  const query = `state=queued,failed&account=team-a&submitted_by=alice&name=tr%20n&array=${JOB_ID}&after=abc`
  const client = connect(`?token=alice&${query}`)
  expect(await client.next()).toEqual({ type: 'ready' })
  expect(bridge.world.asked[0]).toEqual({
    field: 'jobsChanged',
    args: {
      filter: { states: ['QUEUED', 'FAILED'], account: 'team-a', submittedBy: 'alice', name: 'tr n', array: JOB_ID },
      after: 'abc',
    },
  })
})

test('sends each change of each job, in order', async () => {
  const client = connect('?token=alice')
  expect(await client.next()).toEqual({ type: 'ready' })
  const job = bridge.world.addJob()
  bridge.world.change(job, { reason: 'waits' })
  const run = bridge.world.start(job)
  bridge.world.endRun(job, run, { state: 'COMPLETED', exitCode: 0 }, { state: 'COMPLETED' })
  expect(await client.next()).toMatchObject({
    type: 'job',
    event: 'queued',
    job: { id: JOB_ID, reason: 'waits', runs: [] },
  })
  expect(await client.next()).toMatchObject({ event: 'running', job: { state: 'running', cancel_requested: false } })
  expect(await client.next()).toMatchObject({ event: 'completed', job: { runs: [{ job_id: JOB_ID, exit_code: 0 }] } })
})

test('sends one job as it is now, and then its changes', async () => {
  const job = bridge.world.addJob()
  const client = connect(`?token=alice&job_id=${JOB_ID}`)
  expect(await client.next()).toEqual({ type: 'ready' })
  expect(await client.next()).toMatchObject({ event: 'queued', job: { gpu_seconds: 0 } })
  bridge.world.change(bridge.world.addJob(), { name: 'another' })
  bridge.world.change(job, { state: 'COMPLETED', usage: { gpuSeconds: 3.25 } })
  expect(await client.next()).toMatchObject({ event: 'completed', job: { id: JOB_ID, gpu_seconds: 3.25 } })
})

test('a client that goes away ends the subscription', async () => {
  const client = connect('?token=alice')
  await client.next()
  client.socket.terminate()
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

test('answers pings of the client and refuses all else that it says', async () => {
  const client = connect('?token=alice')
  await client.next()
  client.socket.send('{"type":"ping"}')
  expect(await client.next()).toEqual({ type: 'pong' })
  client.socket.send('{"type":"subscribe"}')
  expect(await client.next()).toMatchObject({ type: 'problem' })
  expect((await client.closed)[0]).toBe(4400)
  await bridge.world.subscriptions.when((subjects) => subjects.length === 0)
})

test('a message of more than 64 KiB closes the socket', async () => {
  const client = connect('?token=alice')
  await client.next()
  client.socket.send('x'.repeat(65_537))
  expect((await client.closed)[0]).toBe(1009)
})

test('a client that answers no ping is dropped', async () => {
  const impatient = await startBridge({ pingMs: 50 })
  const client = connect('?token=alice', { autoPong: false, to: impatient })
  expect((await client.closed)[0]).toBe(1006)
  await impatient.world.subscriptions.when((subjects) => subjects.length === 0)
  await impatient.close()
})

test('a client that reads too slowly is told to come back, and others go on', async () => {
  const slow = connect('?token=alice')
  const other = connect('?token=alice')
  await slow.next()
  await other.next()
  slow.socket.pause()
  const job = bridge.world.addJob()
  const reason = 'r'.repeat(50_000)
  let sent = 0
  while (bridge.world.subscriptions.subjects().length === 2) {
    bridge.world.change(job, { reason: `${reason}${++sent}` })
    expect(await other.next()).toMatchObject({ job: { reason: `${reason}${sent}` } })
  }
  slow.socket.resume()
  expect((await slow.closed)[0]).toBe(1013)
  expect(other.socket.readyState).toBe(WebSocket.OPEN)
})

test('a graph that cannot go on closes the socket with 1013', async () => {
  const client = connect('?token=alice')
  await client.next()
  bridge.world.subscriptions.end()
  expect(await client.next()).toMatchObject({ problem: { status: 503 } })
  expect((await client.closed)[0]).toBe(1013)
})

test('an error that is ours is not told', async () => {
  bridge.world.failWith(new Error('secret'))
  const client = connect('?token=alice')
  expect(await client.next()).toMatchObject({ problem: { status: 500, detail: 'Something went wrong here.' } })
  expect(await client.closed).toEqual([1011, 'Something went wrong here.'])
})

test('what is not allowed closes with 4403', async () => {
  bridge.world.failWith(new ConstellationError('FORBIDDEN', 'no'))
  expect((await connect('?token=alice').closed)[0]).toBe(4403)
})

test('a server that closes tells clients to come back', async () => {
  const closing = await startBridge()
  const client = connect('?token=alice', { to: closing })
  await client.next()
  await closing.close()
  expect((await client.closed)[0]).toBe(1001)
})
