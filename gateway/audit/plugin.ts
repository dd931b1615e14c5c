// Shows every answer of the graph to the audit log, by whichever way it was asked.
import { randomUUID } from 'node:crypto'
import type { ApolloServerPlugin } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import type { GraphContext } from '../subgraphs/subgraph.ts'
import type { Audit } from './audit.ts'
import { type Asked, happeningsOf, isOfNoInterest } from './operations.ts'

/** What was not even run, as it is no operation of the graph, changed nothing and is not kept. */
export function auditPlugin(audit: Audit): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ schema, document, operation, request, response, contextValue }) {
          if (!document || !operation || response.body.kind !== 'single') return
          const { principal: who, via = 'http' } = contextValue
          const variables = request.variables ?? {}
          noteAnswer(audit, { schema, document, operation, variables, who, via }, response.body.singleResult)
        },
      }
    },
  }
}

/** Shows the audit log one answer. */
export function noteAnswer(audit: Audit, asked: Omit<Asked, 'requestId'>, answer: FormattedExecutionResult): void {
  if (isOfNoInterest(asked, answer)) return
  for (const happening of happeningsOf({ ...asked, requestId: randomUUID() }, answer)) audit.note(happening)
}
