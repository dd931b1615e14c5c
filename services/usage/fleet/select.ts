// The SELECT over the lake that tells what became of the GPUs' time.
import { literal } from '../lake/columns.ts'
import type { Question } from '../lake/question.ts'
import type { Piece } from './fleet.ts'
import type { Span } from './spans.ts'

/**
 * The question for DuckDB. Its rows are sums in microseconds by piece of time (its `part`, and its beginning as `piece`,
 * both in milliseconds), model and worker. What was held outside of any span, of a GPU that nothing was heard of, is of
 * the worker ''. As it was billed, nothing that came late of a closed month was held.
 */
export function fleetQuestion(
  spans: readonly Span[],
  pieces: readonly Piece[],
  { isAsBilled = false }: { isAsBilled?: boolean } = {},
): Question {
  const from = pieces[0]?.from ?? 0
  const to = pieces.at(-1)?.to ?? 0
  const us = (a: string, b: string) => `date_diff('microsecond', ${a}, ${b})`
  const select = `WITH span AS MATERIALIZED (
      SELECT * EXCLUDE (from_ms, to_ms), ${instant('from_ms')} AS from_at, ${instant('to_ms')} AS to_at FROM (${tableOf('$1', SPAN)})
    ),
    piece AS MATERIALIZED (
      SELECT part, from_ms AS piece, ${instant('from_ms')} AS from_at, ${instant('to_ms')} AS to_at FROM (${tableOf('$2', PIECE)})
    ),
    there AS (
      SELECT part, piece, model, worker_id, usable,
        ${us('greatest(s.from_at, p.from_at)', 'least(s.to_at, p.to_at)')} AS us
      FROM span s JOIN piece p ON s.from_at < p.to_at AND s.to_at > p.from_at
    ),
    held AS (
      SELECT part, piece, gpu_id, model, sign, greatest(h.from_at, p.from_at) AS from_at, least(h.to_at, p.to_at) AS to_at
      FROM slices h JOIN piece p ON h.from_at < p.to_at AND h.to_at > p.from_at
      WHERE h.hour >= ${timestamp(from)} - INTERVAL 1 HOUR AND h.hour < ${timestamp(to)} AND h.model <> ''
        ${isAsBilled ? 'AND NOT h.late' : ''}
    ),
    held_in_span AS (
      SELECT part, piece, s.model, s.worker_id, s.usable,
        h.sign * ${us('greatest(h.from_at, s.from_at)', 'least(h.to_at, s.to_at)')} AS us
      FROM held h JOIN span s ON s.gpu_id = h.gpu_id AND s.from_at < h.to_at AND s.to_at > h.from_at
    ),
    amounts AS (
      SELECT part, piece, model, worker_id, 0 AS held, us * usable::INTEGER AS idle, us * (NOT usable)::INTEGER AS down FROM there
      UNION ALL
      SELECT part, piece, model, worker_id, us, -us * usable::INTEGER, -us * (NOT usable)::INTEGER FROM held_in_span
      UNION ALL
      SELECT part, piece, model, '', sign * ${us('from_at', 'to_at')}, 0, 0 FROM held
      UNION ALL
      SELECT part, piece, model, '', -us, 0, 0 FROM held_in_span
    )
    SELECT part, piece, model, worker_id, sum(held)::BIGINT AS held_us, sum(idle)::BIGINT AS idle_us,
      sum(down)::BIGINT AS down_us
    FROM amounts GROUP BY ALL HAVING held_us <> 0 OR idle_us <> 0 OR down_us <> 0`
  const values = [JSON.stringify(spans.map(toSpanRow)), JSON.stringify(pieces.map(toPieceRow))]
  return { select, values, days: { from: day(from), to: day(Math.max(from, to - 1)) } }
}

const SPAN = {
  gpu_id: 'UUID',
  model: 'VARCHAR',
  worker_id: 'VARCHAR',
  from_ms: 'BIGINT',
  to_ms: 'BIGINT',
  usable: 'BOOLEAN',
}
const PIECE = { part: 'BIGINT', from_ms: 'BIGINT', to_ms: 'BIGINT' }

/** The rows of a JSON text: DuckDB reads tens of thousands of them a hundred times as quickly as in a statement. */
function tableOf(json: string, columns: Readonly<Record<string, string>>): string {
  return `SELECT unnest(from_json(${json}, ${literal(JSON.stringify([columns]))}), recursive := true)`
}

const instant = (ms: string) => `make_timestamp(${ms} * 1000)`

function toSpanRow({ gpuId, model, workerId, from, to, usable }: Span) {
  return { gpu_id: gpuId, model, worker_id: workerId, from_ms: from, to_ms: to, usable }
}

function toPieceRow({ part, from, to }: Piece) {
  return { part, from_ms: from, to_ms: to }
}

function timestamp(at: number): string {
  return `TIMESTAMP '${new Date(at).toISOString().replace('T', ' ').replace('Z', '')}'`
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
