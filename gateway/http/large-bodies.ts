// A client that sends too much is told so, and gets to read it.
import type { FastifyInstance } from 'fastify'

/**
 * Fastify closes the connection after 413 with the rest of the body unread, which resets it: a client that is
 * still sending, as most are, then sees a broken connection and no answer. Reading on costs no memory, and
 * Node's limit on the time of a request bounds it.
 */
export function hearOutLargeBodies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    if (reply.statusCode !== 413) return
    reply.removeHeader('connection')
    request.raw.resume()
  })
}
