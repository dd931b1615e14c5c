// /usage: what accounts have used, and who used most.
import type { Graph } from '../graph.ts'
import { RestAccountUsageDocument, RestLeaderboardDocument, type UsageDimension } from './generated/documents.ts'
import { dataOf, present } from './graph-data.ts'
import type { Handlers, Shape } from './operations.ts'
import { type Range, toAccountUsage, toLeaderboard } from './shape.ts'

const DIMENSIONS: Readonly<Record<Shape['Leaderboard']['by'], UsageDimension>> = {
  account: 'ACCOUNT',
  user: 'USER',
  model: 'MODEL',
}

export function usageHandlers(graph: Graph): Handlers<'getAccountUsage' | 'getLeaderboard'> {
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
  }
}

/** Instants in the form that the graph has them: UTC with milliseconds. */
function toRange({ from, to }: { from?: string; to?: string }): Range {
  return { from: toInstant(from), to: toInstant(to) }
}

function toInstant(text: string | undefined): string | null {
  return text === undefined ? null : new Date(text).toISOString()
}
