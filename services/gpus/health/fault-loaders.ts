// What went wrong with GPUs and what happened to them, looked up for all GPUs of a request at once.
import { query } from '@constellation/platform/database.ts'
import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { GpuEvent } from '../generated/resolvers.ts'
import { FAULT, type FaultRow, findStanding } from '../sql/faults.ts'
import { checked } from '../words.ts'

interface FaultQuestion {
  gpuId: string
  /** Those that stand, or those that do not; null for both. */
  open: boolean | null
  first: number
}

type EventQuestion = Pick<FaultQuestion, 'gpuId' | 'first'>

export interface FaultLoaders {
  /** The faults of a GPU that stand, the worst first. */
  standing: DataLoader<string, FaultRow[]>
  /** The newest faults of a GPU. Each question is asked by one field, so they are not compared. */
  faults: DataLoader<FaultQuestion, FaultRow[]>
  events: DataLoader<EventQuestion, GpuEvent[]>
}

export function faultLoaders(pool: Pool): FaultLoaders {
  return {
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

async function findFaults(pool: Pool, questions: readonly FaultQuestion[]): Promise<FaultRow[][]> {
  const rows = await query<FaultRow & { question: number }>(
    pool,
    'faults-of-gpus',
    `SELECT q.position::integer AS question, ${FAULT}
     FROM unnest($1::uuid[], $2::boolean[], $3::integer[]) WITH ORDINALITY AS q (gpu_id, open, first, position)
     CROSS JOIN LATERAL (
       SELECT * FROM gpu_faults WHERE gpu_id = q.gpu_id AND (q.open IS NULL OR q.open = (cleared_at IS NULL))
       ORDER BY id DESC LIMIT q.first) f
     ORDER BY q.position, f.id DESC`,
    [questions.map(({ gpuId }) => gpuId), questions.map(({ open }) => open), questions.map(({ first }) => first)],
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
