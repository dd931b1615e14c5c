// Many clients, each with a socket of its own, in one process.
import * as v from 'valibot'
import { takeOrders } from '../telemetry/orders.ts'
import { now, watchJob } from './socket.ts'

/** Sockets that are opened at once. */
const AT_ONCE = 50

const order = v.variant('kind', [
  v.object({
    kind: v.literal('watch'),
    url: v.string(),
    headers: v.record(v.string(), v.string()),
    document: v.picklist(['event', 'federated']),
    /** One for each further client. */
    jobIds: v.array(v.string()),
  }),
  v.object({ kind: v.literal('report') }),
])

export const heard = v.object({
  /** Updates that each client was told of. */
  counts: v.array(v.number()),
  /** By when the update was sent: after how many milliseconds each client was told. */
  ages: v.record(v.string(), v.array(v.number())),
  /** Sockets that the gateway closed. */
  lost: v.number(),
})

const ages: Record<string, number[]> = {}
const counts: number[] = []
let lost = 0

takeOrders(order, async (given) => {
  if (given.kind === 'report') return { counts, ages, lost }
  for (let from = 0; from < given.jobIds.length; from += AT_ONCE) {
    await Promise.all(given.jobIds.slice(from, from + AT_ONCE).map((id) => open(given, id, counts.push(0) - 1)))
  }
  return null
})

async function open(given: Parameters<typeof watchJob>[0], id: string, place: number): Promise<void> {
  const socket = await watchJob(given, id, (sent) => {
    counts[place] = (counts[place] ?? 0) + 1
    const told = ages[sent] ?? []
    ages[sent] = told
    told.push(now() - Number(sent))
  })
  socket.on('close', () => {
    lost += 1
  })
}
