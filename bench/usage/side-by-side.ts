// The same questions, asked of the lake as the service asks them and of PostgreSQL over its base tables: what they cost
// in processor time, and that the answers are the same.

import { query } from '@constellation/platform/database/database.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { startAnalyst } from '@constellation/usage/lake/ask.ts'
import type { Question, Row } from '@constellation/usage/lake/question.ts'
import { readAsked } from '@constellation/usage/report/asked.ts'
import { groupsOf } from '@constellation/usage/report/select.ts'
import { treeCpuMs } from '../queue/cpu.ts'
import { median } from '../queue/statistics.ts'
import { type Dataset, log } from './dataset.ts'
import { COMPARED, type Compared } from './questions.ts'

/** Of the lake, after one that does not count; PostgreSQL is asked twice. */
const ROUNDS = 5
/** The lake is asked with these. */
export const LAKE = { limits: { memoryMb: 384, threads: 2 }, limitMs: 120_000 }
const ADMIN: Principal = { id: 'bench', role: 'admin', accounts: [] }

export interface Comparison extends Pick<Compared, 'title' | 'goal'> {
  runs: number
  groups: number
  /** Processor time in milliseconds. */
  postgresMs: number
  sliceMs: number
  lakeMs: number
}

/** The lake must have been filled. */
export async function compare(dataset: Dataset, say: (line: string) => void): Promise<Comparison[]> {
  const { directory, pool, runs } = dataset
  const analyst = startAnalyst({ directory, pool, log, ...LAKE })
  try {
    const compared: Comparison[] = []
    for (const question of COMPARED) {
      const { title, goal, asked, sql, sliceSql } = question
      const groups = toGroups(question)
      const ask = async () => (await analyst.ask(groups)).rows
      const lake = await medianOf(ROUNDS, () => costOf(dataset, ask))
      const base = await medianOf(1, () => costOf(dataset, () => query<SqlRow>(pool, null, sql)))
      const slices = await medianOf(1, () => costOf(dataset, () => query<SqlRow>(pool, null, sliceSql)))
      mustBeEqual(title, lake.rows.map(fromLake), [base.rows.map(fromSql), slices.rows.map(fromSql)])
      const row = {
        title,
        goal,
        runs,
        groups: base.rows.length,
        lakeMs: lake.ms,
        postgresMs: base.ms,
        sliceMs: slices.ms,
      }
      say(`${title}: ${JSON.stringify(row)} ${JSON.stringify(asked)}`)
      compared.push(row)
    }
    return compared
  } finally {
    await analyst.stop()
  }
}

/** The SELECT of the service, without its bound on the number of groups. */
export function toGroups({ asked, top }: Compared): Question {
  const ready = readAsked(ADMIN, asked)
  const groups = groupsOf(ready)
  const order = top === undefined ? '' : `ORDER BY held_us DESC, submitted_by LIMIT ${top}`
  return { ...groups, select: `SELECT * FROM (${groups.select}) WHERE is_total = 0 ${order}` }
}

interface Cost<R> {
  /** Processor time of PostgreSQL and of this process, with its threads, in milliseconds. */
  ms: number
  rows: readonly R[]
}

export async function costOf<R>({ pid }: Dataset, ask: () => Promise<readonly R[]>): Promise<Cost<R>> {
  const used = () => {
    const { user, system } = process.cpuUsage()
    return treeCpuMs(pid) + (user + system) / 1000
  }
  const before = used()
  const rows = await ask()
  return { ms: used() - before, rows }
}

/** The median of the rounds after the first, and the rows of the last. */
async function medianOf<R>(rounds: number, once: () => Promise<Cost<R>>): Promise<Cost<R>> {
  let { rows } = await once()
  const costs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const cost = await once()
    costs.push(cost.ms)
    rows = cost.rows
  }
  return { ms: median(costs), rows }
}

interface SqlRow {
  key: string
  us: string
  runs: number
}

function fromSql({ key, us, runs }: SqlRow): string {
  return `${key}: ${us} µs, ${runs} runs`
}

function fromLake(row: Row): string {
  const day = row.bucket == null ? undefined : new Date(Number(row.bucket) / 1000).toISOString().slice(0, 10)
  const key = [row.account, day, row.submitted_by, row.model, row.outcome]
    .filter((part) => part !== undefined)
    .join('|')
  return `${key}: ${row.held_us} µs, ${row.runs} runs`
}

function mustBeEqual(title: string, ours: readonly string[], others: readonly (readonly string[])[]): void {
  const sorted = ours.toSorted().join('\n')
  if (ours.length === 0) throw new Error(`${title}: there is no answer.`)
  for (const other of others) {
    if (other.toSorted().join('\n') !== sorted) throw new Error(`${title}: the answers differ.`)
  }
}
