// The sums that an answer is made of, as DuckDB adds them up.
import type { UsageMetric } from '../generated/resolvers.ts'

interface Sum {
  name: string
  /** Over slices or sums of them. */
  sql: string
  /** Of one sum of these, as DuckDB is to give it. */
  part: string
  /** Over several. */
  whole: string
}

/**
 * A SELECT of sums over `rows`, by `keys` and, with `is_total`, over all. What a group costs is `cost` in `currency`, or
 * `costs` where there are several. The many rows are added up once, by all that tells anything apart; the rest are sums of
 * those few sums. Only what queues waited is looked at run by run, in `runs`, which are those that start.
 */
export function selectSums(
  { rows, runs }: { rows: string; runs: string },
  keys: readonly string[],
  metrics: ReadonlySet<UsageMetric>,
): string {
  const sums = sumsOf(metrics)
  const withCosts = metrics.has('COST')
  const by = withCosts ? [...keys, 'currency'] : keys
  const wholes = sums.map(({ name, whole }) => `${whole} AS ${name}`).join(', ')
  const columns = keys.map((key) => `${key}, `).join('')
  const nothing = keys.map((key) => `NULL AS ${key}, `).join('')
  const parts = `SELECT ${[...by, ...sums.map(({ name, sql }) => `${sql} AS ${name}`)].join(', ')}${withCosts ? ', sum(cost) AS cost' : ''}
    FROM (${rows}) ${by.length > 0 ? `GROUP BY ${by.join(', ')}` : ''}`
  const total = `SELECT ${nothing}1 AS is_total, ${wholes}${withCosts ? `, ${TOTAL_COSTS}` : ''} FROM parts`
  const added = `SELECT ${columns}0 AS is_total, ${wholes}`
  const ofGroups = `GROUP BY ${keys.join(', ')}`
  // What has no currencies is added up already.
  const groups = withCosts
    ? `${added}, ${ONE_COST} FROM parts WHERE NOT ${ARE_SEVERAL} ${ofGroups}
       UNION ALL ${added}, ${SEVERAL_COSTS} FROM parts WHERE ${ARE_SEVERAL} ${ofGroups}`
    : `SELECT ${columns}0 AS is_total, ${sums.map(({ name, part }) => `${part} AS ${name}`).join(', ')} FROM parts`
  const select = `WITH parts AS MATERIALIZED (${parts}) ${keys.length > 0 ? `${groups} UNION ALL ` : ''}${total}`
  return metrics.has('QUEUE_WAIT') ? withWaits(select, runs, keys) : select
}

/**
 * Such as `EUR 1.50;USD 2.00`, in no order, which would be dear by the group. What has no price has no currency and is none
 * of them, and neither is what was taken back.
 */
const COSTS = `string_agg(currency || ' ' || cost::VARCHAR, ';') FILTER (held_us <> 0 OR cost <> 0)`
const SEVERAL_COSTS = `NULL AS currency, NULL AS cost, ${COSTS} AS costs`
/** Tens of thousands of texts take longer to make and to read than all else. Nearly always there is one currency. */
const ONE_COST = `max(currency) AS currency, sum(CASE WHEN held_us <> 0 OR cost <> 0 THEN cost END) AS cost, NULL AS costs`
const ARE_SEVERAL = '(SELECT coalesce(min(currency) <> max(currency), false) FROM parts)'
const TOTAL_COSTS = `NULL AS currency, NULL AS cost,
  (SELECT ${COSTS} FROM (SELECT currency, sum(cost) AS cost, sum(held_us) AS held_us FROM parts GROUP BY currency)) AS costs`

/** Sums that are asked for; those of another kind are not made, as some are dear. */
function sumsOf(metrics: ReadonlySet<UsageMetric>): Sum[] {
  const sum = (name: string, sql: string, type = 'BIGINT') => ({
    ...{ name, sql },
    ...{ part: `${name}::${type}`, whole: `sum(${name})::${type}` },
  })
  const orNone = ({ name, sql }: Sum) => ({
    ...{ name, sql },
    ...{ part: `coalesce(${name}, 0)::BIGINT`, whole: `coalesce(sum(${name}), 0)::BIGINT` },
  })
  return [
    sum('held_us', 'sum(held_us)'),
    sum('runs', 'sum(starts)', 'INTEGER'),
    { name: 'provisional', sql: 'bool_or(provisional)', part: 'provisional', whole: 'bool_or(provisional)' },
    ...(metrics.has('WASTED_GPU_TIME')
      ? [orNone(sum('wasted_us', `sum(held_us) FILTER (outcome IS NOT NULL AND outcome <> 'completed')`))]
      : []),
    ...(metrics.has('UTILISATION')
      ? [orNone(sum('utilised_us', 'sum(utilised_us)')), orNone(sum('measured_us', 'sum(measured_us)'))]
      : []),
    ...(metrics.has('ENERGY') ? [orNone(sum('energy_mj', 'sum(energy_mj)'))] : []),
  ]
}

function withWaits(sums: string, runs: string, keys: readonly string[]): string {
  const waits = `SELECT ${keys.map((key) => `${key}, `).join('')}${isTotal(keys)} AS is_total,
      quantile_cont(queue_wait_us, [0.5, 0.95]) AS waits
    FROM (${eachOnce(runs)}) GROUP BY ${groupingSets([keys, []])}`
  const same = ['is_total', ...keys].map((key) => `w.${key} IS NOT DISTINCT FROM s.${key}`)
  return `SELECT s.*, w.waits[1] / 1000000.0 AS wait_p50, w.waits[2] / 1000000.0 AS wait_p95
    FROM (${sums}) s LEFT JOIN (${waits}) w ON ${same.join(' AND ')}`
}

/**
 * What is entered when the month is closed takes a start back and says it again, so it counts only where it is the first
 * that is known of a run. Such entries are few, and groups of rows without any are not looked at for them: what is compared
 * is held against the bounds of a group first.
 */
function eachOnce(starts: string): string {
  const ofRun = '(PARTITION BY run_id)'
  return `SELECT * FROM (${starts}) WHERE starts = 1 AND NOT late
    UNION ALL SELECT * FROM (${starts}) WHERE late > false
      QUALIFY sum(starts) OVER ${ofRun} > 0 AND row_number() OVER ${ofRun} = 1`
}

function isTotal(keys: readonly string[]): string {
  return keys.length === 0 ? '1' : `grouping(${keys[0]})::INTEGER`
}

function groupingSets(sets: readonly (readonly string[])[]): string {
  return `GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})`
}
