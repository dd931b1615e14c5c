// What the bridge says of itself: `/`, `/openapi.json`, and that `/stream` is for WebSockets.
import type { Contract } from './contract.ts'
import type { Handlers } from './operations.ts'
import { HttpProblem } from './problem.ts'

const LINKS = {
  page: '/app/',
  docs: '/docs',
  openapi: '/openapi.json',
  health: '/health',
  graphql: '/graphql',
  jobs: '/jobs',
  webhooks: '/webhooks',
  stream: '/stream',
  gpus: '/gpus',
  leaderboard: '/usage/leaderboard',
}

export function rootHandlers(contract: Contract): Handlers<'getRoot' | 'getOpenApi' | 'openStream'> {
  return {
    async getRoot(request, reply) {
      reply.header('vary', 'accept')
      if (request.headers.accept?.includes('text/html')) return reply.redirect(LINKS.page, 303)
      return { name: 'constellation', version: contract.info.version, links: LINKS }
    },

    async getOpenApi() {
      return { ...contract }
    },

    // A handshake never comes here: Node hands it to whoever takes upgrades.
    async openStream() {
      throw new HttpProblem(426, 'This is a WebSocket.', { headers: { upgrade: 'websocket', connection: 'upgrade' } })
    },
  }
}
