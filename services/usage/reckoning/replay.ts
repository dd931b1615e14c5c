// The log of events is read from its beginning, and enters the ledger as it did when the events were news.
import { query } from '@constellation/platform/database/database.ts'
import { gpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { jobEvent } from '@constellation/platform/events/job-event.ts'
import { workerEvent } from '@constellation/platform/events/worker-event.ts'
import type { Pool, PoolClient } from 'pg'
import * as v from 'valibot'
import { recordGpus, recordWorkers } from '../fleet/record-capacity.ts'
import { recordRuns } from '../ledger/record.ts'
import type { Snapshot } from './snapshot.ts'

const BATCH = 1_000

export interface Replayed {
  events: number
  /** Those that are none: their ids. */
  unreadable: string[]
}

/** Enters the whole log; runs of which something was told just now are noted as under way. */
export async function replay(scratch: Pool, { reader, settledAt }: Snapshot): Promise<Replayed> {
  const unreadable: string[] = []
  const readable = <const Schema extends v.GenericSchema>(schema: Schema, messages: readonly Message[]) =>
    messages.flatMap((message): v.InferOutput<Schema>[] => {
      const { success, output } = v.safeParse(schema, message)
      if (!success) unreadable.push(message.id)
      return success ? [output] : []
    })
  const ofRuns = await eachBatch(reader, 'jobs', JOBS, async (messages) => {
    const events = readable(jobEvent, messages)
    await recordRuns(scratch, events)
    const recent = events.flatMap(({ ts, run }) => (run && new Date(ts) > settledAt ? [run.id] : []))
    await noteUnderWay(scratch, recent)
  })
  const ofGpus = await eachBatch(reader, 'gpus', GPUS, (messages) => recordGpus(scratch, readable(gpuEvent, messages)))
  const ofWorkers = await eachBatch(reader, 'gpus', WORKERS, (messages) =>
    recordWorkers(scratch, readable(workerEvent, messages)),
  )
  return { events: ofRuns + ofGpus + ofWorkers, unreadable }
}

// In no order: events enter the ledger in any.
const JOBS = 'SELECT id, type, ts, payload FROM jobs.event_messages WHERE run_id IS NOT NULL'
const GPUS = `SELECT id, type, ts, payload FROM gpus.events WHERE subject LIKE 'events.gpus.%'`
const WORKERS = `SELECT id, type, ts, payload FROM gpus.events WHERE subject LIKE 'events.workers.%'`

interface Message {
  id: string
}

async function eachBatch(
  reader: PoolClient,
  service: 'jobs' | 'gpus',
  log: string,
  handle: (messages: readonly Message[]) => Promise<unknown>,
): Promise<number> {
  let count = 0
  await reader.query(`DECLARE log NO SCROLL CURSOR FOR ${log}`)
  for (;;) {
    const rows = await query<Row>(reader, null, `FETCH ${BATCH} FROM log`)
    await handle(rows.map((row) => messageOf(service, row)))
    count += rows.length
    if (rows.length < BATCH) break
  }
  await reader.query('CLOSE log')
  return count
}

interface Row {
  id: string
  type: string
  ts: Date
  payload: object
}

/** As the outbox makes it. */
function messageOf(service: string, { id, type, ts, payload }: Row): Message {
  return { ...payload, id: `${service}-${id}`, ...{ type, ts: ts.toISOString() } }
}

async function noteUnderWay(scratch: Pool, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return
  await query(scratch, 'under-way', 'INSERT INTO under_way SELECT DISTINCT unnest($1::uuid[]) ON CONFLICT DO NOTHING', [
    runIds,
  ])
}
