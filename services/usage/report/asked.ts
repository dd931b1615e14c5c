// A question about usage as it was asked, checked and made definite.
import { ConstellationError, invalidInput, type Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { QueryUsageArgs, UsageDimension, UsageMetric, UsageOrder } from '../generated/resolvers.ts'
import { offsetsOf, type Step } from './time-zone.ts'

type Grain = 'TOTAL' | 'HOUR' | 'DAY' | 'WEEK' | 'MONTH'

export interface Asked {
  /** In milliseconds; half open. */
  range: { from: number; to: number }
  grain: Grain
  /** The zone's offsets over the range. */
  steps: readonly Step[]
  groupBy: readonly UsageDimension[]
  metrics: ReadonlySet<UsageMetric>
  filter: { accounts: string[] | null; users: string[] | null; models: string[] | null }
  /** Whose runs count: of these accounts or of this user; null for all. */
  sees: { accounts: readonly string[]; user: string } | null
  orderBy: UsageOrder
}

/** Of a question without a range: before any run, and after it. */
const EVER = { from: Date.UTC(2020, 0), to: Date.UTC(2100, 0) }
const GRAIN_MS = { HOUR: 3_600_000, DAY: 86_400_000, WEEK: 7 * 86_400_000, MONTH: 28 * 86_400_000, TOTAL: Infinity }
/** More parts of time than this nobody reads. */
const MOST_PARTS = 10_000
const MOST_NAMES = 100

/** @throws ConstellationError BAD_USER_INPUT, FORBIDDEN */
export function readAsked(who: Principal, args: Partial<QueryUsageArgs>): Asked {
  if (who.role === 'worker') throw new ConstellationError('FORBIDDEN', 'The role worker sees no usage.')
  const range = { from: instant(args.range?.from, EVER.from), to: instant(args.range?.to, EVER.to) }
  const grain = args.grain ?? 'TOTAL'
  const problems: Problem[] = []
  if (range.to < range.from) problems.push({ path: 'range.to', message: 'must not be before `from`' })
  const isBounded = args.range?.from != null && args.range?.to != null
  if (grain === 'HOUR' && !isBounded) problems.push({ path: 'range', message: 'must have both ends for hours' })
  if (isBounded && (range.to - range.from) / GRAIN_MS[grain] > MOST_PARTS) {
    problems.push({ path: 'grain', message: `would make more than ${MOST_PARTS} parts: choose a longer one` })
  }
  const names = (path: string, some: readonly string[] | null | undefined) => {
    if (some && some.length > MOST_NAMES) problems.push({ path, message: `must be at most ${MOST_NAMES}` })
    if (some?.some((name) => name.includes('\0') || !name.isWellFormed())) {
      problems.push({ path, message: 'must be text without NUL and without half characters' })
    }
    return some ? [...some] : null
  }
  const { accounts, users, models, account, user } = args.filter ?? {}
  const filter = {
    accounts: names('filter.accounts', account == null ? accounts : [account, ...(accounts ?? [])]),
    users: names('filter.users', user == null ? users : [user, ...(users ?? [])]),
    models: names('filter.models', models),
  }
  if (problems.length > 0) throw invalidInput(problems)
  return {
    range,
    grain,
    // Beyond that there are no runs, and thousands of years of changing clocks would hold up all others for seconds.
    steps: offsetsOf(args.timeZone ?? 'UTC', withinEver(range.from), withinEver(range.to)),
    groupBy: [...new Set<UsageDimension>(args.groupBy ?? ['ACCOUNT'])],
    metrics: new Set(args.metrics ?? ['COST', 'UTILISATION']),
    filter,
    sees: whoseRuns(who),
    orderBy: args.orderBy ?? 'START',
  }
}

function instant(text: string | null | undefined, otherwise: number): number {
  return text == null ? otherwise : Date.parse(text)
}

function withinEver(at: number): number {
  return Math.min(Math.max(at, EVER.from), EVER.to)
}

function whoseRuns({ role, id, accounts }: Principal): Asked['sees'] {
  if (role === 'user') return { accounts: [], user: id }
  return role === 'account-manager' ? { accounts, user: id } : null
}
