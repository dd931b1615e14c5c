// What is kept of GPUs, in as many parts as are asked for: the history of a GPU, and the telemetry of a run. What is not
// stored yet follows within seconds.
import { query } from '@constellation/platform/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool } from 'pg'
import type { RunRef } from '../entities.ts'
import type { GpuRollup } from '../generated/resolvers.ts'
import { DAY_MS, type Parts, partsBetween, pointProblems } from './parts.ts'
import { BUCKET_MS, reasonsOf } from './roll-up.ts'

/** What is asked about one GPU. */
export interface HistoryQuestion {
  gpuId: string
  from: string
  /** Now, where it is not given. */
  to: string | null
  points: number
}

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

/** The days of all GPUs that one request may ask for, added up: the buckets are many, and each is read. */
const MOST_GPU_DAYS = 200

/**
 * The answers, in the order of the questions: those that only differ in the GPU are asked for together.
 * @returns for a question that is out of bounds, the error BAD_USER_INPUT
 * @throws ConstellationError BAD_USER_INPUT where all questions together are
 */
export async function gpuHistories(
  pool: Pool,
  questions: readonly HistoryQuestion[],
  now: number,
): Promise<(GpuRollup[] | Error)[]> {
  requireFew(questions, now)
  const alike = Map.groupBy(questions, ({ from, to, points }) => `${from} ${to} ${points}`)
  const answers = new Map<HistoryQuestion, GpuRollup[] | Error>()
  for (const group of alike.values()) {
    const found = await historyOf(pool, group, now)
    for (const question of group) {
      answers.set(question, found instanceof Error ? found : (found.get(question.gpuId) ?? []))
    }
  }
  return questions.map((question) => answers.get(question) ?? [])
}

function requireFew(questions: readonly HistoryQuestion[], now: number): void {
  const asked = questions.reduce((sum, { from, to }) => sum + Math.max(0, timeOf(to, now) - Date.parse(from)), 0)
  if (asked <= MOST_GPU_DAYS * DAY_MS) return
  const message = `must be later, or of fewer GPUs: of all together at most ${MOST_GPU_DAYS} days are read`
  throw invalidInput([{ path: 'from', message }])
}

/** By GPU. */
async function historyOf(
  pool: Pool,
  group: readonly HistoryQuestion[],
  now: number,
): Promise<Map<string, GpuRollup[]> | Error> {
  const [first] = group
  if (!first) return new Map()
  const parts = partsOrError(first, now)
  if (parts instanceof Error) return parts
  const { origin, end, stepMs } = parts
  const rows = await query<Row>(pool, 'gpu-histories', HISTORIES, [
    group.map(({ gpuId }) => gpuId),
    new Date(origin),
    new Date(end),
    stepMs / 1000,
  ])
  const byGpu = Map.groupBy(rows, ({ gpuId }) => gpuId)
  return new Map([...byGpu].map(([gpuId, own]) => [gpuId, own.map((row) => rollupOf(row, parts))]))
}

function partsOrError({ from, to, points }: HistoryQuestion, now: number): Parts | Error {
  try {
    return partsBetween(Date.parse(from), timeOf(to, now), points)
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

function timeOf(instant: string | null, now: number): number {
  return instant === null ? now : Date.parse(instant)
}

/**
 * The answers, in the order of the questions. Of GPUs that the run did not hold nothing is told, whatever a worker said.
 * @throws ConstellationError BAD_USER_INPUT where a question is out of bounds
 */
export async function runTelemetries(pool: Pool, questions: readonly RunQuestion[]): Promise<GpuOfRun[][]> {
  const problems = questions.flatMap(({ points }) => pointProblems(points))
  if (problems.length > 0) throw invalidInput(problems.slice(0, 1))
  const asked = questions.filter(({ run }) => isUuid(run.id))
  const rows = await query<RunRow>(pool, 'run-telemetries', RUN_TELEMETRIES, [
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

type Measures = Omit<GpuRollup, '__typename' | 'at' | 'seconds' | 'throttleReasons'>

interface Row extends Measures {
  gpuId: string
  /** The beginning of the part. */
  at: Date
  /** The bits of the reasons. */
  reasons: number
}

interface RunRow extends Row {
  runId: string
  points: number
  /** Its last bucket. */
  end: Date
  /** In seconds. */
  step: number
}

function rollupOf({ at, reasons, ...measures }: Row, { end, stepMs }: Pick<Parts, 'end' | 'stepMs'>): GpuRollup {
  return {
    ...measures,
    at: at.toISOString(),
    seconds: Math.min(stepMs, end - at.getTime()) / 1000,
    throttleReasons: reasonsOf(reasons),
  }
}

const MEASURES = `
  sum(r.utilisation_sum::float8) / nullif(sum(r.utilisation_count), 0) AS "meanUtilisationPercent",
  max(r.utilisation_max) AS "maxUtilisationPercent",
  sum(r.memory_sum::float8) / nullif(sum(r.memory_count), 0) AS "meanMemoryUsedMb",
  max(r.memory_max) AS "maxMemoryUsedMb",
  sum(r.power_sum::float8) / nullif(sum(r.power_count), 0) AS "meanPowerWatts",
  max(r.power_max) AS "maxPowerWatts",
  max(r.temperature_max) AS "maxTemperatureC",
  sum(r.clock_sum::float8) / nullif(sum(r.clock_count), 0) AS "meanSmClockMhz",
  sum(r.joules::float8) AS "energyJoules",
  sum(r.throttled_seconds::float8) AS "throttledSeconds",
  bit_or(r.throttle_reasons) AS reasons`

const HISTORIES = `
SELECT r.gpu_id AS "gpuId", date_bin(make_interval(secs => $4), r.bucket, $2) AS at, ${MEASURES}
FROM gpu_rollups r
WHERE r.gpu_id = ANY($1::uuid[]) AND r.bucket >= $2 AND r.bucket < $3
GROUP BY 1, 2 ORDER BY 1, 2`

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
