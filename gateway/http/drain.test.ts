import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { createClient as createStreamClient } from 'graphql-sse'
import { createClient as createSocketClient } from 'graphql-ws'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { jobMessage, makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'

const query = 'subscription ($id: ID!) { jobChanged(id: $id) { version } }'
/** The gateway that answers: clients come back to whichever that is. */
let present: TestGateway

const token = () => present.as('alice')
const clients: Record<string, (id: string) => AsyncIterableIterator<{ data?: unknown }>> = {
  'graphql-ws': (id: string) =>
    createSocketClient({
      url: () => `${present.url.replace('http', 'ws')}/graphql`,
      connectionParams: async () => ({ token: await token() }),
      webSocketImpl: WebSocket,
      retryWait: async () => {},
    }).iterate<Record<string, unknown>>({ query, variables: { id } }),
  'graphql-sse': (id: string) =>
    createStreamClient({
      url: () => `${present.url}/graphql/stream`,
      headers: async () => ({ authorization: `Bearer ${await token()}` }),
      retry: async () => {},
    }).iterate<Record<string, unknown>>({ query, variables: { id } }),
}

test.each(Object.entries(clients))(
  "at a gateway's end the client of %s goes to another by itself, and is shown the present there",
  async (_protocol, iterate) => {
    const [first, second] = [await startTestGateway(), await startTestGateway()]
    try {
      const job = makeJob()
      first.services.world.jobs.set(job.id, job)
      second.services.world.jobs.set(job.id, { ...job, version: 2 })
      present = first
      const results = iterate(job.id)
      expect((await nextOf(results)).data).toEqual({ jobChanged: { version: 1 } })
      const afterwards = nextOf(results)
      present = second
      await first.stop()
      expect((await afterwards).data).toEqual({ jobChanged: { version: 2 } })
      await second.publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, version: 3 }))
      expect((await nextOf(results)).data).toEqual({ jobChanged: { version: 3 } })
      await results.return?.()
    } finally {
      await Promise.all([first.stop(), second.stop()])
    }
  },
)
