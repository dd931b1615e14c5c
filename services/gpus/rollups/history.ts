// The history of GPUs, in as many parts as are asked for. What is not stored yet follows within seconds.
import { query } from '@constellation/platform/database/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import type { Pool, PoolClient } from 'pg'
import type { GpuRollup } from '../generated/resolvers.ts'
import { MEASURES, type Row, rollupOf } from './measures.ts'
import { DAY_MS, type Parts, partsBetween } from './parts.ts'

/** What is asked about one GPU. */
export interface HistoryQuestion {
  gpuId: string
  from: string
  /** Now, where it is not given. */
  to: string | null
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
  client: Pool | PoolClient,
  questions: readonly HistoryQuestion[],
  now: number,
): Promise<(GpuRollup[] | Error)[]> {
  requireFew(questions, now)
  const alike = Map.groupBy(questions, ({ from, to, points }) => `${from} ${to} ${points}`)
  const answers = new Map<HistoryQuestion, GpuRollup[] | Error>()
  for (const group of alike.values()) {
    const found = await historyOf(client, group, now)
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
  client: Pool | PoolClient,
  group: readonly HistoryQuestion[],
  now: number,
): Promise<Map<string, GpuRollup[]> | Error> {
  const [first] = group
  if (!first) return new Map()
  const parts = partsOrError(first, now)
  if (parts instanceof Error) return parts
  const { origin, end, stepMs } = parts
  const rows = await query<Row>(client, 'gpu-histories', HISTORIES, [
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

const HISTORIES = `
SELECT r.gpu_id AS "gpuId", date_bin(make_interval(secs => $4), r.bucket, $2) AS at, ${MEASURES}
FROM gpu_rollups r
WHERE r.gpu_id = ANY($1::uuid[]) AND r.bucket >= $2 AND r.bucket < $3
GROUP BY 1, 2 ORDER BY 1, 2`
