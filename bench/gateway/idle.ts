// From a mutation through our gateway to the event that tells of it at a client, one at a time.
import { once } from 'node:events'
import type { Section } from '../queue/section.ts'
import { percentile, rounded } from '../queue/statistics.ts'
import { askGraph } from './ask.ts'
import { startOurs } from './contenders.ts'
import { nameOfUpdate, now, watchJob } from './socket.ts'
import type { System } from './system.ts'

const UPDATES = 300
const WARM_UP = 50

const UPDATE =
  'mutation ($id: ID!, $name: String!) { updateJob(id: $id, input: { name: $name }) { problems { path } } }'

export async function measureIdle(system: System): Promise<Section> {
  const ours = await startOurs(system)
  const [id] = system.jobIds
  if (id === undefined) throw new Error('There is no job to watch.')
  const ages: number[] = []
  const socket = await watchJob({ ...ours, document: 'federated' }, id, (sent) => ages.push(now() - Number(sent)))
  for (let i = 0; i < WARM_UP + UPDATES; i++) {
    const told = once(socket, 'message')
    await askGraph(ours.url, UPDATE, { id, name: nameOfUpdate() }, ours.headers)
    if (ages.length <= i) await told
  }
  socket.terminate()
  const counted = ages.slice(WARM_UP)
  return {
    title: 'From a mutation to its event',
    method:
      'One client watches a job with its usage, which comes from another service; `updateJob` is sent through the same ' +
      `gateway over HTTP, the next one when the event of the last has come: ${UPDATES} times after ${WARM_UP} that do ` +
      'not count. The clock runs from before the request to the message at the client, so it holds the mutation, its ' +
      'commit with fsync, the relay, NATS, and the look-up of the usage.',
    head: ['events', 'p50 ms', 'p99 ms', 'max ms'],
    rows: [[String(counted.length), ...[0.5, 0.99, 1].map((share) => rounded(percentile(counted, share)))]],
  }
}
