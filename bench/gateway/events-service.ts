// The subgraph `events` as a service over graphql-ws, for gateways that cannot answer it themselves:
// node events-service.ts <port> <NATS> <jobs service>
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { jobEvent } from '@constellation/platform/events/job-event.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { connectNats, decode } from '@constellation/platform/nats/nats.ts'
import { buildASTSchema, parse } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { askGraph } from './ask.ts'

const FIELDS =
  'id name state version priority account submittedBy createdAt startedAt finishedAt reason cancelRequested'
const PRESENT = `query ($id: ID!) { job(id: $id) { ${FIELDS} } }`

const [port = '', natsUrl = '', jobsUrl = ''] = process.argv.slice(2)
const listeners = new Map<string, Set<(job: object) => void>>()

const nats = await connectNats(natsUrl, 'bench events')
nats.subscribe(SUBJECTS.allJobEvents, {
  callback: (error, message) => {
    if (error) throw error
    const decoded = decode(jobEvent, message.data)
    if ('fault' in decoded) throw new Error(decoded.fault)
    const { job } = decoded.value
    for (const listen of listeners.get(job.id) ?? []) listen({ ...job, state: job.state.toUpperCase() })
  },
})
const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/events.graphql')), 'utf8')
const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true })
const server = createServer((_request, response) => response.writeHead(426).end())
const sockets = new WebSocketServer({ server, path: '/graphql' })
useServer({ schema, roots: { subscription: { jobChanged: ({ id }: { id: string }) => watch(id) } } }, sockets)
server.listen(Number(port), '127.0.0.1')
await once(server, 'listening')

/** The job as it is, and then after each change. */
function watch(id: string): AsyncIterableIterator<{ jobChanged: object }> {
  const waiting: Promise<object>[] = [presentJob(id)]
  let wake = () => {}
  const listen = (job: object) => {
    waiting.push(Promise.resolve(job))
    wake()
  }
  const own = listeners.get(id) ?? new Set()
  listeners.set(id, own.add(listen))
  return {
    async next() {
      if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const job = await waiting.shift()
      return job ? { done: false, value: { jobChanged: job } } : { done: true, value: undefined }
    },
    async return() {
      own.delete(listen)
      wake()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function presentJob(id: string): Promise<object> {
  const data = await askGraph(jobsUrl, PRESENT, { id })
  if (typeof data === 'object' && data && 'job' in data && typeof data.job === 'object' && data.job) return data.job
  throw new Error('There is no such job.')
}
