// Messages of a socket that are wrong, or right with odd values.
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Chance } from '../seeded.ts'
import { badOperation } from './documents.ts'
import type { GraphSchema } from './graph-schema.ts'
import { oddJson, oddText, spoilt } from './odd-values.ts'

const TYPES = ['connection_init', 'connection_ack', 'ping', 'pong', 'subscribe', 'next', 'error', 'complete'] as const
/** All that is sent is answered, or closed for, within this, in milliseconds. */
const ANSWER_LIMIT_MS = 15_000

/** What one client says after its sign-in. */
export function badFrames(schema: GraphSchema, chance: Chance): string[] {
  return Array.from({ length: chance.between(1, 12) }, (_, i) => badFrame(schema, chance, i))
}

function badFrame(schema: GraphSchema, chance: Chance, id: number): string {
  // Most end the socket by themselves: too many of those would leave the others unread.
  const kind = chance.between(0, 30)
  if (kind === 0) return oddText(chance)
  if (kind === 1) return JSON.stringify(oddJson(chance)) ?? ''
  if (kind === 2) return JSON.stringify({ type: chance.pick(TYPES), id: oddJson(chance, 1), payload: oddJson(chance) })
  const payload = badOperation(schema, ['Subscription', 'Subscription', 'Query', 'Mutation'], chance)
  const text = JSON.stringify({ type: 'subscribe', id: String(id), payload })
  if (kind === 3) return spoilt(text, chance)
  if (kind === 4) return JSON.stringify({ type: 'complete', id: String(chance.between(0, 3)) })
  return text
}

/** Signs in and says them. Everything that came back, the closing code last. @throws Error where nothing did in time */
export async function sendFrames(url: string, token: string, frames: readonly string[]): Promise<string[]> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const heard: string[] = []
  socket.on('error', () => {})
  const signedIn = Promise.withResolvers<void>()
  const ended = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      heard.push(String(data))
      signedIn.resolve()
      if (String(data) === LAST_PONG) resolve()
    })
    socket.on('close', (code) => {
      heard.push(`closed ${code}`)
      resolve()
    })
  })
  await once(socket, 'open')
  const late = Promise.withResolvers<never>()
  const limit = setTimeout(() => late.reject(new Error('A socket was not answered in time.')), ANSWER_LIMIT_MS)
  try {
    socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }))
    await Promise.race([signedIn.promise, ended, late.promise])
    for (const frame of [...frames, LAST_PING]) socket.send(frame)
    await Promise.race([ended, late.promise])
  } finally {
    clearTimeout(limit)
    socket.terminate()
  }
  return heard
}

const LAST_PING = '{"type":"ping","payload":{"last":true}}'
const LAST_PONG = '{"type":"pong","payload":{"last":true}}'
