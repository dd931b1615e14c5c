// The telemetry of runs: what their GPUs did while they held them.
import { query } from '@constellation/platform/database/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import type { RunRef } from '../entities.ts'
import type { GpuRollup } from '../generated/resolvers.ts'
import { MEASURES, type Row, rollupOf } from './measures.ts'
import { pointProblems } from './parts.ts'
import { BUCKET_MS } from './roll-up.ts'

/** What one GPU did while a run held it. */
export interface GpuOfRun {
  gpu: { id: string }
  rollups: GpuRollup[]
}

/** What is asked about one run. */
export interface RunQuestion {
  run: RunRef
  points: number
}

/**
 * The answers, in the order of the questions. Of GPUs that the run did not hold nothing is told, whatever a worker said.
 * @throws ConstellationError BAD_USER_INPUT where a question is out of bounds
 */
export async function runTelemetries(
  client: Pool | PoolClient,
  questions: readonly RunQuestion[],
): Promise<GpuOfRun[][]> {
  const problems = questions.flatMap(({ points }) => pointProblems(points))
  if (problems.length > 0) throw invalidInput(problems.slice(0, 1))
  const asked = questions.filter(({ run }) => isUuid(run.id))
  const rows = await query<RunRow>(client, 'run-telemetries', RUN_TELEMETRIES, [
    asked.map(({ run }) => run.id),
    asked.map(({ points }) => points),
    BUCKET_MS / 1000,
  ])
  const found = Map.groupBy(rows, ({ runId, points, gpuId }) => keyOf(runId, points, gpuId))
  return questions.map(({ run, points }) =>
    (run.gpus ?? []).flatMap(({ id }) => {
      const own = found.get(keyOf(run.id, points, id)) ?? []
      return own.length === 0 ? [] : [{ gpu: { id }, rollups: own.map((row) => rollupOf(row, partsOfRun(row))) }]
    }),
  )
}

function keyOf(runId: string, points: number, gpuId: string): string {
  return `${runId.toLowerCase()} ${points} ${gpuId.toLowerCase()}`
}

function partsOfRun({ end, step }: RunRow) {
  return { end: end.getTime() + BUCKET_MS, stepMs: step * 1000 }
}

interface RunRow extends Row {
  runId: string
  points: number
  /** Its last bucket. */
  end: Date
  /** In seconds. */
  step: number
}

/** $3 is the length of a bucket, in seconds. */
const RUN_TELEMETRIES = `
WITH asked AS (SELECT DISTINCT * FROM unnest($1::uuid[], $2::integer[]) AS a (run_id, points)),
lives AS (
  SELECT a.run_id, a.points, life.origin, life."end",
    (ceil(extract(epoch FROM life."end" - life.origin + make_interval(secs => $3)) / a.points / $3) * $3)::integer AS step
  FROM asked a
  CROSS JOIN LATERAL (SELECT min(bucket) AS origin, max(bucket) AS "end" FROM gpu_rollups WHERE run_id = a.run_id) AS life
  WHERE life.origin IS NOT NULL)
SELECT l.run_id AS "runId", l.points, l."end", l.step, r.gpu_id AS "gpuId",
  date_bin(make_interval(secs => l.step), r.bucket, l.origin) AS at, ${MEASURES}
FROM lives l JOIN gpu_rollups r ON r.run_id = l.run_id AND r.bucket BETWEEN l.origin AND l."end"
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 5, 6`
