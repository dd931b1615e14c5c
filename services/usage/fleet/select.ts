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
  const select = `WITH span AS (${table('gpu_id, model, worker_id, from_at, to_at, usable', spans.map(spanRow), NO_SPAN)}),
    piece AS (${table('part, piece, from_at, to_at', pieces.map(pieceRow), NO_PIECE)}),
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
  return { select, values: [], days: { from: day(from), to: day(Math.max(from, to - 1)) } }
}

const NO_SPAN = `(NULL::UUID, '', '', NULL::TIMESTAMP, NULL::TIMESTAMP, false)`
const NO_PIECE = '(0, 0, NULL::TIMESTAMP, NULL::TIMESTAMP)'

/** Rows as a table; where there are none, one that nothing meets. */
function table(columns: string, rows: readonly string[], none: string): string {
  return `SELECT * FROM (VALUES ${rows.length > 0 ? rows.join(', ') : none}) t (${columns})`
}

function spanRow({ gpuId, model, workerId, from, to, usable }: Span): string {
  return `(${literal(gpuId)}::UUID, ${literal(model)}, ${literal(workerId)}, ${timestamp(from)}, ${timestamp(to)}, ${usable})`
}

function pieceRow({ part, from, to }: Piece): string {
  return `(${part}, ${from}, ${timestamp(from)}, ${timestamp(to)})`
}

function timestamp(at: number): string {
  return `TIMESTAMP '${new Date(at).toISOString().replace('T', ' ').replace('Z', '')}'`
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
