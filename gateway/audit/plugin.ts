// Shows every answer of the graph to the audit log, by whichever way it was asked.
import { randomUUID } from 'node:crypto'
import type { ApolloServerPlugin } from '@apollo/server'
import type { GraphContext } from '../data-source.ts'
import type { Audit } from './audit.ts'
import { type Asked, happeningsOf } from './operations.ts'

/** What was not even run, as it is no operation of the graph, changed nothing and is not kept. */
export function auditPlugin(audit: Audit): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ schema, document, operation, request, response, contextValue }) {
          if (!document || !operation || response.body.kind !== 'single') return
          const asked: Asked = {
            schema,
            document,
            operation,
            variables: request.variables ?? {},
            who: contextValue.principal,
            via: contextValue.via ?? 'http',
            requestId: randomUUID(),
          }
          for (const happening of happeningsOf(asked, response.body.singleResult)) audit.note(happening)
        },
      }
    },
  }
}
