import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { makeJob } from '../testing/events.ts'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

const MOST = 3
/** On a busy machine. */
const PATIENCE = { timeout: 10_000 }
const JOB = makeJob()
/** Answered at once with how the job is. */
const WATCH = { query: 'subscription ($id: ID!) { jobChanged(id: $id) { id } }', variables: { id: JOB.id } }

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ SUBSCRIPTIONS_PER_PRINCIPAL: MOST })
  gateway.services.world.jobs.set(JOB.id, JOB)
})
afterAll(() => gateway.stop())

/** A socket that is signed in, and speaks the protocol by hand. */
async function open(token: string) {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const messages: { type: string; id?: string; payload?: unknown }[] = []
  socket.on('message', (data) => messages.push(JSON.parse(String(data))))
  await once(socket, 'open')
  const send = (message: object) => socket.send(JSON.stringify(message))
  const answerTo = async (id?: string) => {
    const find = () => messages.find((message) => message.id === id)
    await expect.poll(find, PATIENCE).toBeDefined()
    return find()
  }
  send({ type: 'connection_init', payload: { token } })
  await answerTo()
  let asked = 0
  return {
    socket,
    send,
    /** Subscribes, and tells by the first answer what came of it. */
    async watch(id = `w${asked++}`) {
      send({ id, type: 'subscribe', payload: WATCH })
      return await answerTo(id)
    },
  }
}

async function stream(token: string) {
  const gone = new AbortController()
  const search = new URLSearchParams({ query: WATCH.query, variables: JSON.stringify(WATCH.variables) })
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` }
  const { body } = await fetch(`${gateway.url}/graphql/stream?${search}`, { headers, signal: gone.signal })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('event: next')) text += (await reader?.read())?.value ?? ''
  return { text, leave: () => gone.abort() }
}

const REFUSED = {
  type: 'error',
  payload: [
    {
      message: 'You have 3 subscriptions open, which is the most. End one first.',
      extensions: { code: 'CONFLICT' },
    },
  ],
}

type Raw = Awaited<ReturnType<typeof open>>
const fill = async ({ watch }: Raw) => {
  for (const id of ['a', 'b', 'c']) expect(await watch(id)).toMatchObject({ type: 'next' })
}
/** The id is used again before the first subscription is open: both are. */
const fillByOneId = async ({ send, watch }: Raw) => {
  send({ id: 'a', type: 'subscribe', payload: WATCH })
  send({ id: 'a', type: 'complete' })
  await watch('a')
  await watch('b')
}

test.each<[how: string, fill: (raw: Raw) => Promise<void>, leave: (raw: Raw) => void]>([
  ['are completed', fill, ({ send }) => ['a', 'b', 'c'].map((id) => send({ id, type: 'complete' }))],
  ['end with their socket', fill, ({ socket }) => socket.close()],
  ['end with a socket that breaks off', fill, ({ socket }) => socket.terminate()],
  ['were two of one id, and end with their socket', fillByOneId, ({ socket }) => socket.close()],
  ['end as their socket breaks the protocol', fill, ({ socket }) => socket.send('{')],
])('subscriptions count over all sockets and streams of a principal, until they %s', async (how, fillUp, leave) => {
  const token = await gateway.as(how.replaceAll(/\W+/g, '-'), 'analyst')
  const [one, two, another] = [await open(token), await open(token), await open(await gateway.as('another', 'analyst'))]
  await fillUp(one)
  expect(await two.watch()).toMatchObject(REFUSED)
  expect((await stream(token)).text).toContain(REFUSED.payload[0]?.message)
  expect(await another.watch()).toMatchObject({ type: 'next' })

  leave(one)
  await expect.poll(() => two.watch(), PATIENCE).toMatchObject({ type: 'next' })
  const streamed = [await stream(token), await stream(token)]
  expect(await two.watch()).toMatchObject(REFUSED)
  for (const { leave: leaveStream } of streamed) leaveStream()
  await expect.poll(() => two.watch(), PATIENCE).toMatchObject({ type: 'next' })
  for (const { socket } of [one, two, another]) socket.terminate()
  await expect.poll(() => gateway.subscriptions(), PATIENCE).toBe(0)
})

test('subscriptions end with the token of their socket, and then count no more', async () => {
  const one = await open(await gateway.keys.sign({ sub: 'brief', role: 'analyst', ttl: 5 }))
  await fill(one)
  const two = await open(await gateway.as('brief', 'analyst'))
  expect(await two.watch()).toMatchObject(REFUSED)
  const [code] = await once(one.socket, 'close')
  expect(code).toBe(4403)
  await expect.poll(() => two.watch(), PATIENCE).toMatchObject({ type: 'next' })
  two.socket.terminate()
})
