// /usage: what accounts have used, who used most, and what was billed.
import type { Graph } from '../../operations/graph.ts'
import {
  RestAccountUsageDocument,
  RestLeaderboardDocument,
  RestStatementDocument,
  type UsageDimension,
} from '../generated/documents.ts'
import { dataOf, present } from '../graph-data.ts'
import type { Handlers, Shape } from '../operations.ts'
import { type Range, toAccountUsage, toLeaderboard } from './usage-shape.ts'

const DIMENSIONS: Readonly<Record<Shape['Leaderboard']['by'], UsageDimension>> = {
  account: 'ACCOUNT',
  user: 'USER',
  model: 'MODEL',
}

/** A page of nothing but its text and its own styles. */
const STATEMENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

export function usageHandlers(graph: Graph): Handlers<'getAccountUsage' | 'getLeaderboard' | 'getStatement'> {
  return {
    async getAccountUsage({ params: { id: account }, query, principal }) {
      const range = toRange(query)
      const answer = await graph.execute(RestAccountUsageDocument, { account, range }, principal)
      return toAccountUsage(account, range, present(dataOf(answer).usage))
    },

    async getLeaderboard({ query, principal }) {
      const { by = 'account', limit = null } = query
      const range = toRange(query)
      const variables = { range, by: DIMENSIONS[by], first: limit }
      const answer = await graph.execute(RestLeaderboardDocument, variables, principal)
      return toLeaderboard(by, range, present(dataOf(answer).usageLeaderboard))
    },

    async getStatement({ params: { id: account, month }, principal }, reply) {
      const answer = await graph.execute(RestStatementDocument, { account, month }, principal)
      const { html } = present(dataOf(answer).usageStatement)
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', STATEMENT_POLICY)
        .header('cache-control', 'private, no-store')
        .send(html)
    },
  }
}

/** Instants in the form that the graph has them: UTC with milliseconds. */
export function toRange({ from, to }: { from?: string; to?: string }): Range {
  return { from: toInstant(from), to: toInstant(to) }
}

/** An instant in the form that the graph has it; null where none is given. */
export function toInstant(text: string | undefined): string | null {
  return text === undefined ? null : new Date(text).toISOString()
}
