// A client that watches one job over graphql-transport-ws, as thin as can be: there may be thousands in a process.
import { once } from 'node:events'
import { WebSocket } from 'ws'

const DOCUMENTS = {
  /** All of it is in the event. */
  event: 'subscription ($id: ID!) { jobChanged(id: $id) { id name state version } }',
  /** The usage comes from its service. */
  federated: 'subscription ($id: ID!) { jobChanged(id: $id) { id name state version usage { gpuSeconds runs } } }',
} as const

export interface Watching {
  /** Of the gateway. */
  url: string
  headers: Readonly<Record<string, string>>
  document: keyof typeof DOCUMENTS
}

/** Milliseconds since 1970 that processes of one machine agree on. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}

/** What a job is called by an update, so that whoever is told of it knows its age. */
export function nameOfUpdate(): string {
  return `at ${now().toFixed(3)}`
}

/** When the update that a message tells of was sent; undefined for a message that tells of none. */
function readUpdate(message: string): string | undefined {
  return /"name":"at ([\d.]+)"/.exec(message)?.[1]
}

/**
 * Watches the job. `onUpdate` gets when the update was sent.
 * @returns the socket, once the job's present state has come: from then on it is told of each update
 * @throws Error where the first answer is none
 */
export async function watchJob(
  { url, headers, document }: Watching,
  id: string,
  onUpdate: (sent: string) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
    skipUTF8Validation: true,
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: headers }))
  await once(socket, 'message')
  const present = Promise.withResolvers<void>()
  let first = true
  socket.on('message', (data) => {
    const text = String(data)
    if (text === '{"type":"ping"}') return socket.send('{"type":"pong"}')
    // The present state tells of what was before, if of anything.
    if (first) present.resolve()
    else onUpdate(readUpdate(text) ?? fail(text))
    first = false
  })
  socket.on('close', () => present.reject(new Error('The gateway has closed a socket.')))
  const payload = { query: DOCUMENTS[document], variables: { id } }
  socket.send(JSON.stringify({ id: 'job', type: 'subscribe', payload }))
  await present.promise
  return socket
}

function fail(message: string): never {
  throw new Error(`This tells of no update: ${message}`)
}
