// Watchers, each with a socket of its own that speaks graphql-transport-ws, in one process.
import { once } from 'node:events'
import * as v from 'valibot'
import { WebSocket } from 'ws'
import { takeOrders } from './orders.ts'

/** So many of the watchers read what they get; the others only count it, so that this process does not become the limit. */
const READERS = 10

const DOCUMENT = `subscription ($gpuIds: [ID!], $everyMs: Int) {
  gpuTelemetry(gpuIds: $gpuIds, everyMs: $everyMs) {
    gpuId at utilisationPercent memoryUsedMb powerWatts temperatureC smClockMhz throttleReasons
  }
}`

const order = v.variant('kind', [
  v.object({
    kind: v.literal('watch'),
    url: v.string(),
    token: v.string(),
    everyMs: v.number(),
    /** One for each watcher: the GPUs that it watches, or null for all. */
    watchers: v.array(v.nullable(v.array(v.string()))),
  }),
  /** Forgets what was measured so far. */
  v.object({ kind: v.literal('reset') }),
  v.object({ kind: v.literal('report') }),
  v.object({ kind: v.literal('leave') }),
])

export const watched = v.object({
  results: v.number(),
  bytes: v.number(),
  /** Of the readers alone: how many samples, and how old each was on arrival, and the newest of each result, in ms. */
  samples: v.number(),
  ages: v.array(v.number()),
  newestAges: v.array(v.number()),
  /** Sockets that were closed by the gateway. */
  lost: v.number(),
})
type Watched = v.InferOutput<typeof watched>

const nothing = (): Watched => ({ results: 0, bytes: 0, samples: 0, ages: [], newestAges: [], lost: 0 })
let sockets: WebSocket[] = []
let seen = nothing()

takeOrders(order, async (given) => {
  if (given.kind === 'watch') {
    sockets = await Promise.all(
      given.watchers.map((gpuIds, i) => open(given, { gpuIds, everyMs: given.everyMs }, i < READERS)),
    )
  }
  if (given.kind === 'reset') seen = nothing()
  if (given.kind === 'leave') {
    const open = sockets
    sockets = []
    for (const socket of open) socket.terminate()
  }
  return given.kind === 'report' ? seen : null
})

async function open(
  { url, token }: { url: string; token: string },
  variables: object,
  reads: boolean,
): Promise<WebSocket> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }))
  await once(socket, 'message')
  socket.on('message', (data: Buffer) => take(data, reads))
  socket.on('close', () => {
    if (sockets.includes(socket)) seen.lost += 1
  })
  socket.send(JSON.stringify({ id: 'telemetry', type: 'subscribe', payload: { query: DOCUMENT, variables } }))
  return socket
}

const message = v.object({
  type: v.literal('next'),
  payload: v.object({ data: v.object({ gpuTelemetry: v.array(v.object({ at: v.string() })) }) }),
})

function take(data: Buffer, reads: boolean): void {
  const now = Date.now()
  seen.results += 1
  seen.bytes += data.length
  if (!reads) return
  const text = data.toString()
  if (text.includes('"ping"')) return
  const { gpuTelemetry } = v.parse(message, JSON.parse(text)).payload.data
  const ages = gpuTelemetry.map(({ at }) => now - Date.parse(at))
  seen.samples += ages.length
  for (const age of ages) seen.ages.push(age)
  seen.newestAges.push(Math.min(...ages))
}
