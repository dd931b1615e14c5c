import { once } from 'node:events'
import { beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { submit, type World } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

interface Message {
  type: string
  id: string
  event: string
  job: { id: string; name: string }
}

/** The messages of /stream until `enough`. */
async function messages(
  query: string,
  isEnough: (all: Message[]) => boolean,
  onReady = async () => {},
): Promise<Message[]> {
  const socket = new WebSocket(`${world.stack.url.replace('http', 'ws')}/stream?${query}`, {
    headers: { authorization: `Bearer ${world.stack.adminToken}` },
  })
  const all: Message[] = []
  const done = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    const message = JSON.parse(String(data))
    if (message.type === 'ready') onReady().catch(done.reject)
    else if (message.type === 'problem') done.reject(new Error(JSON.stringify(message)))
    else all.push(message)
    if (isEnough(all)) done.resolve()
  })
  socket.once('close', (code) => done.reject(new Error(`closed with ${code}`)))
  await done.promise
  socket.removeAllListeners('close').close()
  await once(socket, 'close')
  return all
}

const hasEnded = (name: string) => (all: Message[]) =>
  all.some(({ event, job }) => job.name === name && event === 'completed')

test('a watcher that connects again gets what has come since, of the jobs that it watches and no others', async () => {
  const run = async (name: string) => void (await submit(world, { command: ['true'] }, name))
  const first = await messages('name=watched', hasEnded('watched 1'), async () => {
    await run('another')
    await run('watched 1')
  })
  // While nobody watches:
  await messages('name=watched%202', hasEnded('watched 2'), () => run('watched 2'))
  const since = await messages(`name=watched&after=${first.at(-1)?.id}`, hasEnded('watched 3'), () => run('watched 3'))
  expect(new Set([...first, ...since].map(({ job }) => job.name))).toEqual(
    new Set(['watched 1', 'watched 2', 'watched 3']),
  )
  expect(since.filter(({ job }) => job.name === 'watched 2').map(({ event }) => event)).toEqual(
    expect.arrayContaining(['queued', 'running', 'completed']),
  )
  const ids = [...first, ...since].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
