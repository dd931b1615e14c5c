// Shows the audit log who is not let in: over HTTP, at the sockets, and to subscriptions.

import { ConstellationError } from '@constellation/platform/errors.ts'
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import type { FastifyInstance } from 'fastify'
import { type GraphQLError, Kind, parse } from 'graphql'
import type { Subscribe } from '../live/subscribe.ts'
import type { Authenticate } from '../sign-in/signed.ts'
import type { Audit } from './audit.ts'

type Via = AuditRecord['via']

const STATUSES: Readonly<Record<number, string>> = { 401: 'UNAUTHENTICATED', 429: 'RATE_LIMITED' }
const SIGN_IN = { who: null, role: null, action: 'sign in', targets: [], arguments: {} }

/** Those who were refused before it was known who they are; other refusals are the graph's. */
export function auditHttp(app: FastifyInstance, audit: Audit): void {
  app.addHook('onResponse', async (request, reply) => {
    const error = STATUSES[reply.statusCode]
    if (error === undefined || request.principal) return
    const via = request.routeOptions.url?.startsWith('/graphql') ? 'http' : 'rest'
    audit.refuse({ ...SIGN_IN, address: request.ip, via, error, requestId: request.id })
  })
}

/** The same for tokens that sockets show. */
export function auditSignIns(authenticate: Authenticate, audit: Pick<Audit, 'refuse'>, via: Via): Authenticate {
  return async (token, address) => {
    try {
      return await authenticate(token, address)
    } catch (error) {
      if (error instanceof ConstellationError) {
        audit.refuse({ ...SIGN_IN, address: address ?? null, via, error: error.code, requestId: '' })
      }
      throw error
    }
  }
}

/** Subscriptions that are refused, which Apollo Server does not see. */
export function auditSubscriptions(subscribe: Subscribe, audit: Audit, via: Via): Subscribe {
  return async (request, who) => {
    const opened = await subscribe(request, who)
    const error = 'errors' in opened ? opened.errors.map(codeOf).find((code) => REFUSALS.has(code)) : undefined
    if (error !== undefined) {
      const { id, role } = who
      const action = fieldOf(request.query)
      audit.refuse({ who: id, role, address: null, via, action, targets: [], arguments: {}, error, requestId: '' })
    }
    return opened
  }
}

const REFUSALS = new Set(['FORBIDDEN', 'RATE_LIMITED'])

function codeOf({ originalError, extensions }: GraphQLError): string {
  return originalError instanceof ConstellationError ? originalError.code : String(extensions.code)
}

/** The first field of the first subscription in a document that was found to be valid. */
function fieldOf(query: string): string {
  for (const definition of parse(query).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== 'subscription') continue
    const [field] = definition.selectionSet.selections
    if (field?.kind === Kind.FIELD) return field.name.value
  }
  return 'subscription'
}
