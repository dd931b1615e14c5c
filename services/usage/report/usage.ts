// Usage as analysts ask for it: sums over any time, by whatever tells runs apart. What was answered is kept for a
// while, so that the pages of one answer fit together.
import { randomUUID } from 'node:crypto'
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { readCursor, rowsFor, writeCursor } from '@constellation/platform/pages.ts'
import * as v from 'valibot'
import type {
  LeaderboardEntry,
  QueryUsageArgs,
  QueryUsageLeaderboardArgs,
  UsageReport,
} from '../generated/resolvers.ts'
import type { Analyst } from '../lake/ask.ts'
import { firstInstant } from '../lake/retire.ts'
import { toReport } from './answer.ts'
import { type Asked, readAsked } from './asked.ts'
import { type Kept, keepAnswers } from './keep-answers.ts'
import { MOST_GROUPS, toQuestion } from './select.ts'

const MOST_ROWS = 10_000
type Answer = Omit<Kept, 'until'>

export interface Reports {
  /**
   * `gone` calls it off.
   * @throws ConstellationError BAD_USER_INPUT, FORBIDDEN, UNAVAILABLE, GONE where `after` is of an answer that is kept no longer
   */
  usage(who: Principal, args: Partial<QueryUsageArgs>, gone?: AbortSignal): Promise<UsageReport>
  /** The most first. @throws ConstellationError as `usage` does */
  leaderboard(who: Principal, args: Partial<QueryUsageLeaderboardArgs>, gone?: AbortSignal): Promise<LeaderboardEntry[]>
}

/** Answers from the lake. */
export function createReports(analyst: Pick<Analyst, 'ask'>): Reports {
  const kept = keepAnswers()

  async function answer(asked: Asked, gone?: AbortSignal): Promise<Omit<Answer, 'who'>> {
    const { table, asOf, version, from } = await analyst.ask(toQuestion(asked), { ...(gone && { signal: gone }) })
    // The sum of all is a row of its own.
    if (table.length > MOST_GROUPS + 1) {
      const message = `makes more than ${MOST_GROUPS} rows: ask for less, or for an export`
      throw invalidInput([{ path: 'groupBy', message }])
    }
    return {
      ...toReport(asked, table, asOf),
      asOf,
      dataVersion: `${version}@${asOf}`,
      completeFrom: firstInstant(from),
    }
  }

  function goOn(who: Principal, after: string): { from: number; id: string; all: Answer } {
    const [id, from] = readCursor(v.tuple([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))]), after)
    const all = kept.find(id)
    if (!all || all.who !== who.id) {
      throw new ConstellationError('GONE', 'This answer is kept no longer: ask for the first page again.')
    }
    return { from, id, all }
  }

  return {
    async usage(who, args, gone) {
      const first = rowsFor(args.first ?? 100, MOST_ROWS) - 1
      const asked = readAsked(who, args)
      const { from, id, all } = args.after
        ? goOn(who, args.after)
        : {
            from: 0,
            id: randomUUID(),
            all: { ...(await answer(asked, gone)), who: who.id },
          }
      const { rowCount, total } = all
      const rows = all.page(from, first)
      const hasNextPage = rowCount > from + rows.length
      if (hasNextPage && !args.after) kept.keep(id, all)
      const endCursor = rows.length > 0 ? writeCursor([id, from + rows.length]) : null
      const { asOf, dataVersion, completeFrom } = all
      return {
        asOf,
        dataVersion,
        completeFrom,
        rows,
        total,
        rowCount,
        pageInfo: { hasNextPage, endCursor },
      }
    },
    async leaderboard(who, { range, by, first, orderBy }, gone) {
      const most = rowsFor(first ?? 10, 1000) - 1
      const { page } = await answer(
        readAsked(who, {
          range: range ?? null,
          groupBy: [by ?? 'ACCOUNT'],
          metrics: ['COST', 'UTILISATION', 'WASTED_GPU_TIME'],
          orderBy: orderBy ?? 'GPU_TIME',
        }),
        gone,
      )
      // One of them may be of what has no model, or goes on.
      return page(0, most + 1)
        .flatMap(({ account, user, model, outcome, gpuId, usage }) => {
          const key = account ?? user ?? model ?? outcome ?? gpuId
          return key == null ? [] : [{ key, usage }]
        })
        .slice(0, most)
        .map((entry, i) => ({ rank: i + 1, ...entry }))
    },
  }
}
