// The questions that are asked of both: as the graph takes them, and in SQL over the base tables of PostgreSQL, where an
// analyst would ask them of runs and their GPUs.
import type { QueryUsageArgs } from '@constellation/usage/generated/resolvers.ts'
import { END } from './synthetic/runs.ts'

const DAY_MS = 86_400_000

/** Thirty days that begin with one of UTC. */
export const MONTH = { from: new Date(END - 30 * DAY_MS).toISOString(), to: new Date(END).toISOString() }

export interface Compared {
  title: string
  /** How many times less processor time it should take. */
  goal: number
  asked: Partial<QueryUsageArgs>
  /** The largest groups by GPU time; all where it is left out. */
  top?: number
  /** Over the base tables: runs and their GPUs. Rows of `key`, `us` and `runs`. */
  sql: string
  /** The same over the ledger's slices, which are cut by hours already. */
  sliceSql: string
}

/** Microseconds between two instants. */
const us = (to: string, from: string) => `(extract(epoch FROM ${to} - ${from}) * 1000000)::bigint`

/** The GPUs of each run, which are all of one model. */
const GPUS = 'SELECT run_id, min(model) AS model, count(*) AS gpus FROM run_gpus GROUP BY run_id'
/** A run lasts two days at most. */
const OF_MONTH = `SELECT * FROM runs WHERE started_at < '${MONTH.to}' AND finished_at > '${MONTH.from}'
  AND started_at >= '${MONTH.from}'::timestamptz - interval '2 days'`
const GPUS_OF_MONTH = `SELECT run_id, min(model) AS model, count(*) AS gpus
  FROM run_gpus JOIN (${OF_MONTH}) m USING (run_id) GROUP BY run_id`

/** Runs cut at midnight of UTC where they go on over it; what has no GPU is counted where it starts. */
const byDay = (runs: string, gpus: string, within: string) => `
  SELECT ${keyOf(`to_char(day, 'YYYY-MM-DD')`)} AS key, sum(us)::bigint AS us, sum(starts)::integer AS runs FROM (
    SELECT r.account, d.day, coalesce(g.model, '') AS model, r.outcome, (d.day <= r.started_at)::integer AS starts,
      CASE WHEN g.gpus IS NULL THEN 0
      ELSE g.gpus * ${us(`least(r.finished_at, d.day + interval '1 day')`, 'greatest(r.started_at, d.day)')} END AS us
    FROM (${runs}) r LEFT JOIN (${gpus}) g USING (run_id)
    CROSS JOIN LATERAL generate_series(date_trunc('day', r.started_at),
      CASE WHEN g.gpus IS NULL THEN r.started_at ELSE r.finished_at - interval '1 microsecond' END, interval '1 day') d (day)
    ${within}
  ) parts GROUP BY account, day, model, outcome`

const slicesByDay = (within: string) => `
  SELECT ${keyOf(`to_char(day, 'YYYY-MM-DD')`)} AS key, sum(us)::bigint AS us, sum(starts)::integer AS runs FROM (
    SELECT r.account, date_trunc('day', s.hour) AS day, s.model, r.outcome, s.held_us AS us, s.starts
    FROM slices s JOIN runs r USING (run_id) ${within}
  ) parts GROUP BY account, day, model, outcome`

function keyOf(day: string): string {
  return `concat_ws('|', account, ${day}, model, outcome)`
}

const IN_MONTH = `WHERE s.hour >= '${MONTH.from}' AND s.hour < '${MONTH.to}'`
const FOUR: Partial<QueryUsageArgs> = { grain: 'DAY', groupBy: ['ACCOUNT', 'MODEL', 'OUTCOME'], metrics: [] }
const TOP = 100

/** Of what is compared. */
export const TITLES = {
  allTime: 'account × day × model × outcome, all time',
  month: 'account × day × model × outcome, 30 days',
  board: `the ${TOP} users with the most GPU time, 30 days`,
}

export const COMPARED: readonly Compared[] = [
  {
    title: TITLES.allTime,
    goal: 30,
    asked: FOUR,
    sql: byDay('SELECT * FROM runs', GPUS, ''),
    sliceSql: slicesByDay(''),
  },
  {
    title: TITLES.month,
    goal: 60,
    asked: { ...FOUR, range: MONTH },
    sql: byDay(OF_MONTH, GPUS_OF_MONTH, `WHERE d.day >= '${MONTH.from}' AND d.day < '${MONTH.to}'`),
    sliceSql: slicesByDay(IN_MONTH),
  },
  {
    title: TITLES.board,
    goal: 80,
    asked: { groupBy: ['USER'], metrics: [], range: MONTH },
    top: TOP,
    sql: topOf(`SELECT r.submitted_by AS key, (r.started_at >= '${MONTH.from}')::integer AS starts,
        coalesce(g.gpus * ${us(`least(r.finished_at, '${MONTH.to}')`, `greatest(r.started_at, '${MONTH.from}')`)}, 0) AS us
      FROM (${OF_MONTH}) r LEFT JOIN (${GPUS_OF_MONTH}) g USING (run_id)`),
    sliceSql: topOf(
      `SELECT r.submitted_by AS key, s.starts, s.held_us AS us FROM slices s JOIN runs r USING (run_id) ${IN_MONTH}`,
    ),
  },
]

function topOf(parts: string): string {
  return `SELECT key, sum(us)::bigint AS us, sum(starts)::integer AS runs FROM (${parts}) p GROUP BY key ORDER BY 2 DESC, 1 LIMIT ${TOP}`
}
