// For tests: a real HTTP server that receives messages and answers as a test says.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  headers: IncomingHttpHeaders
  body: string
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>

/** `answer` is called with each message; it answers 200 where none is given. */
export async function startReceiver(
  answer: (answering: ServerResponse, received: Received) => void = (answering) => answering.end(),
) {
  const received: Received[] = []
  let changed = Promise.withResolvers<void>()
  const server = createServer(async (request, answering) => {
    const message = { headers: request.headers, body: await text(request) }
    received.push(message)
    answer(answering, message)
    changed.resolve()
    changed = Promise.withResolvers()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return {
    received,
    port: address.port,
    url: `http://127.0.0.1:${address.port}/hook`,
    /** Resolves with the messages when there are so many. */
    async messages(count: number): Promise<Received[]> {
      while (received.length < count) await changed.promise
      return received
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
