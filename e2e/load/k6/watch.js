// People who watch a job to its end, by a subscription over graphql-ws.
import { check } from 'k6'
import { Trend } from 'k6/metrics'
import { clearTimeout, setTimeout } from 'k6/timers'
import { WebSocket } from 'k6/websockets'
import { graph, load, TOKEN, URL } from './client.js'

const toTheEnd = new Trend('submit_to_end', true)

export const options = load()

const SUBMIT = `mutation { submitJob(input: { name: "k6", command: ["true"] }) { job { id } } }`
const WATCH = `subscription ($id: ID!) { jobChanged(id: $id) { state } }`
const ENDS = ['COMPLETED', 'FAILED', 'CANCELLED']
const LIMIT_MS = 30000

export default function () {
  const begun = Date.now()
  const id = graph(SUBMIT, {})?.submitJob.job?.id
  if (!id) return
  const headers = { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' }
  const socket = new WebSocket(`${URL.replace('http', 'ws')}/graphql`, null, { headers })
  let last = ''
  const late = setTimeout(() => socket.close(), LIMIT_MS)
  /** @param {object} message */
  const send = (message) => socket.send(JSON.stringify(message))

  socket.onopen = () => send({ type: 'connection_init', payload: { token: TOKEN } })
  socket.onmessage = (event) => {
    const message = JSON.parse(String(event?.data))
    if (message.type === 'connection_ack') {
      send({ id: '1', type: 'subscribe', payload: { query: WATCH, variables: { id } } })
    }
    if (message.type === 'ping') send({ type: 'pong' })
    if (message.type === 'next') last = message.payload.data?.jobChanged?.state ?? 'none'
    if (ENDS.includes(last) || message.type === 'error') socket.close()
  }
  socket.onclose = () => {
    clearTimeout(late)
    check(last, { 'the job is seen to complete': (state) => state === 'COMPLETED' })
    toTheEnd.add(Date.now() - begun)
  }
}
