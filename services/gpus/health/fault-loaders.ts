// What went wrong with GPUs and what happened to them, looked up for all GPUs of a request at once.
import { query } from '@constellation/platform/database/database.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { GpuEvent } from '../generated/resolvers.ts'
import { FAULT, type FaultRow, findStanding } from '../sql/faults.ts'
import { checked } from '../words.ts'

interface FaultQuestion {
  gpuId: string
  /** Without those that stand. */
  clearedOnly: boolean
  first: number
}

type EventQuestion = Pick<FaultQuestion, 'gpuId' | 'first'>

export interface FaultLoaders {
  fault: DataLoader<string, FaultRow | null>
  /** The faults of a GPU that stand, the worst first. */
  standing: DataLoader<string, FaultRow[]>
  /** The newest faults of a GPU. Each question is asked by one field, so they are not compared. */
  faults: DataLoader<FaultQuestion, FaultRow[]>
  events: DataLoader<EventQuestion, GpuEvent[]>
}

/** The newest faults of a GPU: those that stand, those that do not, or both where `open` is null. */
export async function faultsOfGpu(
  loaders: FaultLoaders,
  gpuId: string,
  open: boolean | null,
  first: number,
): Promise<FaultRow[]> {
  if (!open) return loaders.faults.load({ gpuId, clearedOnly: open === false, first })
  const standing = await loaders.standing.load(gpuId)
  // Their ids count up with time.
  return standing.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, first)
}

export function faultLoaders(pool: Pool): FaultLoaders {
  return {
    fault: new DataLoader(async (ids: readonly string[]) => {
      const rows = await findById(pool, ids.filter(isUuid))
      const found = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => found.get(id.toLowerCase()) ?? null)
    }),
    standing: new DataLoader(async (ids: readonly string[]) => {
      const groups = Map.groupBy(await findStanding(pool, ids), ({ gpuId }) => gpuId)
      return ids.map((id) => groups.get(id) ?? [])
    }),
    faults: new DataLoader((questions) => findFaults(pool, questions)),
    events: new DataLoader((questions) => findEvents(pool, questions)),
  }
}

const page = v.object({ first: v.pipe(v.number(), v.minValue(1), v.maxValue(500, 'must be at most 500')) })

/** How many are asked for. @throws ConstellationError BAD_USER_INPUT unless that is from 1 to 500 */
export function firstOf(first: number | null | undefined): number {
  return checked(page, { first: first ?? 50 }).first
}

function findById(pool: Pool, ids: readonly string[]): Promise<FaultRow[]> {
  return query<FaultRow>(pool, 'faults-by-id', `SELECT ${FAULT} FROM gpu_faults f WHERE id = ANY ($1)`, [ids])
}

async function findFaults(pool: Pool, questions: readonly FaultQuestion[]): Promise<FaultRow[][]> {
  const rows = await query<FaultRow & { question: number }>(
    pool,
    'faults-of-gpus',
    `SELECT q.position::integer AS question, ${FAULT}
     FROM unnest($1::uuid[], $2::boolean[], $3::integer[]) WITH ORDINALITY AS q (gpu_id, cleared_only, first, position)
     CROSS JOIN LATERAL (
       SELECT * FROM gpu_faults WHERE gpu_id = q.gpu_id AND (cleared_at IS NOT NULL OR NOT q.cleared_only)
       ORDER BY id DESC LIMIT q.first) f
     ORDER BY q.position, f.id DESC`,
    [
      questions.map(({ gpuId }) => gpuId),
      questions.map(({ clearedOnly }) => clearedOnly),
      questions.map(({ first }) => first),
    ],
  )
  return grouped(questions, rows)
}

async function findEvents(pool: Pool, questions: readonly EventQuestion[]): Promise<GpuEvent[][]> {
  const rows = await query<Omit<GpuEvent, 'at'> & { question: number; ts: Date }>(
    pool,
    'events-of-gpus',
    `SELECT q.position::integer AS question, e.id, e.type, e.ts, e.reason
     FROM unnest($1::uuid[], $2::integer[]) WITH ORDINALITY AS q (gpu_id, first, position)
     CROSS JOIN LATERAL (
       SELECT * FROM events WHERE gpu_id = q.gpu_id ORDER BY id DESC LIMIT q.first) e
     ORDER BY q.position, e.id DESC`,
    [questions.map(({ gpuId }) => gpuId), questions.map(({ first }) => first)],
  )
  return grouped(
    questions,
    rows.map(({ ts, ...event }) => ({ ...event, at: ts.toISOString() })),
  )
}

/** The rows of each question, which count from 1. */
function grouped<Row extends { question: number }>(questions: readonly unknown[], rows: readonly Row[]): Row[][] {
  const groups = Map.groupBy(rows, ({ question }) => question)
  return questions.map((_, i) => groups.get(i + 1) ?? [])
}
