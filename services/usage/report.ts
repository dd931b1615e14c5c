// What the ledger says: GPU time summed by whatever is asked for. A run that goes on counts up to now.
import { query } from '@constellation/platform/database.ts'
import { ConstellationError, invalidInput } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool } from 'pg'
import type { TimeRangeInput, Usage, UsageDimension, UsageFilter, UsageReport } from './generated/resolvers.ts'

const MOST_ROWS = 10_000

/** Who asks, and where the ledger is. */
interface Question {
  who: Principal
  pool: Pool
}

/** The sums of some runs, as PostgreSQL gives them; `gpu_us` is a bigint's text. */
interface Sums {
  gpu_us: string
  runs: number
  provisional: boolean
  as_of: Date
}

/** A run's GPU time in microseconds, times the GPUs of one model that it held where models are told apart. */
const GPU_US = `round(extract(epoch FROM coalesce(r.finished_at, greatest(now(), r.started_at)) - r.started_at) * 1000000)`
const SUMS = `coalesce(sum(${GPU_US} * g.gpus), 0)::bigint AS gpu_us, count(DISTINCT r.run_id)::integer AS runs,
  coalesce(bool_or(r.finished_at IS NULL), false) AS provisional, now() AS as_of`

/** How many GPUs each run held: by model where models are asked for, all together where not. A run without GPUs counts too. */
const gpusOf = (byModel: boolean) =>
  byModel
    ? `LEFT JOIN LATERAL (SELECT model, count(*) AS gpus FROM run_gpus WHERE run_id = r.run_id GROUP BY model) g ON true`
    : `CROSS JOIN LATERAL (SELECT count(*) AS gpus FROM run_gpus WHERE run_id = r.run_id) g`

const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  ACCOUNT: 'r.account',
  USER: 'r.submitted_by',
  MODEL: 'g.model',
}

/** GPU time of the runs that started in the range, summed by the dimensions. */
export async function usage(
  { who, pool }: Question,
  range: TimeRangeInput | null | undefined,
  filter: UsageFilter | null | undefined,
  groupBy: readonly UsageDimension[],
): Promise<UsageReport> {
  const dimensions = [...new Set(groupBy)].toSorted()
  const where = conditions(who, range ?? {}, filter ?? {})
  const total = await sums(pool, [], where, 1)
  const rows = dimensions.length > 0 ? await sums(pool, dimensions, where, MOST_ROWS) : []
  const [all] = total
  if (!all) throw new Error('A sum over all runs is one row.')
  return {
    asOf: all.as_of.toISOString(),
    total: asUsage(all),
    rows: rows.map((row) => ({
      account: row.account ?? null,
      user: row.user ?? null,
      model: row.model ?? null,
      usage: asUsage(row),
    })),
  }
}

/** The keys with the most GPU time, the most first. */
export async function usageLeaderboard(
  { who, pool }: Question,
  range: TimeRangeInput | null | undefined,
  by: UsageDimension,
  first: number,
) {
  if (first < 1 || first > 1000) throw invalidInput([{ path: 'first', message: 'must be from 1 to 1000' }])
  const rows = await sums(pool, [by], conditions(who, range ?? {}, {}), first)
  return rows.flatMap((row, i) => {
    const key = row.account ?? row.user ?? row.model
    return key === null || key === undefined ? [] : [{ rank: i + 1, key, usage: asUsage(row) }]
  })
}

/** The usage of each job or run, in the order of the ids; nothing for those that the principal may not see, or that never started. */
export async function usageByKey(
  pool: Pool,
  who: Principal,
  column: 'job_id' | 'run_id',
  ids: readonly string[],
): Promise<Usage[]> {
  const { clauses, values } = conditions(who, {}, {})
  const rows = await query<Sums & { key: string }>(
    pool,
    null,
    `SELECT r.${column} AS key, ${SUMS} FROM runs r ${gpusOf(false)}
     WHERE r.${column} = ANY($${values.length + 1}::uuid[]) ${clauses.map((clause) => `AND ${clause}`).join(' ')} GROUP BY 1`,
    [...values, ids.filter(isUuid)],
  )
  const found = new Map(rows.map((row) => [row.key, row]))
  const asOf = new Date().toISOString()
  return ids.map((id) => {
    const row = found.get(id.toLowerCase())
    return row ? asUsage(row) : { gpuSeconds: 0, runs: 0, provisional: false, asOf }
  })
}

interface Conditions {
  clauses: string[]
  values: unknown[]
}

function conditions(who: Principal, range: TimeRangeInput, filter: UsageFilter): Conditions {
  const clauses: string[] = []
  const values: unknown[] = []
  const add = (clause: (place: string) => string, value: unknown) => {
    values.push(value)
    clauses.push(clause(`$${values.length}`))
  }
  if (who.role === 'worker') throw new ConstellationError('FORBIDDEN', 'The role worker sees no usage.')
  if (who.role === 'user') add((place) => `r.submitted_by = ${place}`, who.id)
  if (who.role === 'account-manager') {
    values.push(who.accounts, who.id)
    clauses.push(`(r.account = ANY($${values.length - 1}) OR r.submitted_by = $${values.length})`)
  }
  if (range.from != null) add((place) => `r.started_at >= ${place}`, range.from)
  if (range.to != null) add((place) => `r.started_at < ${place}`, range.to)
  // No stored name holds a NUL, and PostgreSQL refuses to compare with one.
  if (filter.account != null) add((place) => `r.account = ${place}`, filter.account.replaceAll('\0', '\uFFFD'))
  if (filter.user != null) add((place) => `r.submitted_by = ${place}`, filter.user.replaceAll('\0', '\uFFFD'))
  return { clauses, values }
}

type Row = Sums & { account?: string | null; user?: string | null; model?: string | null }

async function sums(
  pool: Pool,
  dimensions: readonly UsageDimension[],
  { clauses, values }: Conditions,
  most: number,
): Promise<Row[]> {
  const keys = dimensions.map((dimension) => COLUMNS[dimension])
  const names = dimensions.map((dimension) => `${COLUMNS[dimension]} AS "${dimension.toLowerCase()}",`)
  const byModel = dimensions.includes('MODEL')
  const text = `SELECT ${names.join(' ')} ${SUMS} FROM runs r ${gpusOf(byModel)}
    ${where([...clauses, ...(byModel ? ['g.model IS NOT NULL'] : [])])}
    ${keys.length > 0 ? `GROUP BY ${keys.join(', ')}` : ''}
    ORDER BY gpu_us DESC ${keys.map((key) => `, ${key}`).join('')} LIMIT ${most}`
  return query<Row>(pool, null, text, values)
}

function where(clauses: readonly string[]): string {
  return clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : ''
}

function asUsage({ gpu_us, runs, provisional, as_of }: Sums): Usage {
  return { gpuSeconds: Number(gpu_us) / 1_000_000, runs, provisional, asOf: as_of.toISOString() }
}
