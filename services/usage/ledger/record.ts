// Runs enter the ledger, from the events of the jobs service. An event says all that the ledger needs, so
// it may come twice, late, or the end before the start: the entry is the same.

import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { type JobEvent, jobEvent } from '@constellation/platform/events/job-event.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { UsageEvent } from '@constellation/platform/events/usage-event.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { readable, startConsumer } from '@constellation/platform/nats/consume.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool, PoolClient } from 'pg'
import { enterSlices } from './enter-slices.ts'
import { readingPrices } from './locks.ts'

/** Reads the stream of job events until stopped. `changed` is told when the ledger has grown. */
export function startRecording(options: { pool: Pool; nats: NatsLink; log: Logger; changed: () => void }) {
  const { pool, nats, log, changed } = options
  return startConsumer({
    nats,
    log,
    stream: STREAMS.EVENTS.name,
    durable: 'usage-ledger',
    subject: SUBJECTS.allJobEvents,
    async handle(messages) {
      if (await recordRuns(pool, readable(messages, jobEvent, log))) changed()
    },
  })
}

/** Enters the runs that these events tell of; true where an end was entered that was not known. */
export async function recordRuns(pool: Pool, events: readonly JobEvent[]): Promise<boolean> {
  const entries = latestOfEachRun(events)
  if (entries.length === 0) return false
  return inTransaction(pool, async (client) => {
    await readingPrices(client)
    await upsertRuns(client, entries)
    await insertGpus(client, entries)
    await enterSlices(client, endedRuns(entries))
    return (await recordUsageEvents(client, entries)) > 0
  })
}

interface Entry {
  runId: string
  jobId: string
  attempt: number
  account: string
  submittedBy: string
  startedAt: string
  finishedAt: string | null
  outcome: string | null
  queuedAt: string | null
  /** From 0 to 1. */
  utilisation: number | null
  energyJoules: number | null
  gpus: { id: string; model: string; simulated: boolean }[]
}

/** One entry for each run that has started; where there are several events of a run, the one that knows its end. */
function latestOfEachRun(events: readonly JobEvent[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const { job, run } of events) {
    if (!run?.startedAt) continue
    if (run.finishedAt === null && entries.has(run.id)) continue
    entries.set(run.id, {
      runId: run.id,
      jobId: job.id,
      attempt: run.attempt,
      account: job.account,
      submittedBy: job.submittedBy,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      outcome: run.finishedAt === null ? null : run.state,
      queuedAt: run.queuedAt ?? null,
      utilisation: fraction(run.meanUtilisationPercent),
      energyJoules: run.energyJoules ?? null,
      gpus: run.gpus,
    })
  }
  // In one order everywhere, so that two recorders do not wait for each other in a circle.
  return [...entries.values()].toSorted((a, b) => (a.runId < b.runId ? -1 : 1))
}

/** Of a percentage; a driver may say more than there is. */
function fraction(percent: number | null | undefined): number | null {
  return percent == null ? null : Math.min(Math.max(percent / 100, 0), 1)
}

function endedRuns(entries: readonly Entry[]): string[] {
  return entries.filter(({ finishedAt }) => finishedAt !== null).map(({ runId }) => runId)
}

async function upsertRuns(client: PoolClient, entries: readonly Entry[]): Promise<void> {
  await query(
    client,
    'upsert-runs',
    // A start that comes after the end does not open the run again.
    `INSERT INTO runs (run_id, job_id, attempt, account, submitted_by, queued_at, started_at, finished_at, outcome,
       utilisation, energy_joules)
     SELECT "runId", "jobId", attempt, account, "submittedBy", "queuedAt", "startedAt", "finishedAt", outcome,
       utilisation, "energyJoules"
     FROM jsonb_to_recordset($1) AS e ("runId" uuid, "jobId" uuid, attempt integer, account text, "submittedBy" text,
       "queuedAt" timestamptz, "startedAt" timestamptz, "finishedAt" timestamptz, outcome text,
       utilisation double precision, "energyJoules" double precision)
     ON CONFLICT (run_id) DO UPDATE SET finished_at = excluded.finished_at, outcome = excluded.outcome,
       utilisation = excluded.utilisation, energy_joules = excluded.energy_joules
     WHERE runs.finished_at IS NULL AND excluded.finished_at IS NOT NULL`,
    [JSON.stringify(entries)],
  )
}

async function insertGpus(client: PoolClient, entries: readonly Entry[]): Promise<void> {
  const rows = entries.flatMap(({ runId, gpus }) =>
    gpus.map(({ id, model, simulated }) => ({ runId, id, model, simulated })),
  )
  if (rows.length === 0) return
  await query(
    client,
    'insert-gpus',
    `INSERT INTO run_gpus (run_id, gpu_id, model, simulated)
     SELECT "runId", id, model, simulated
     FROM jsonb_to_recordset($1) AS g ("runId" uuid, id uuid, model text, simulated boolean)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  )
}

/** Writes one event for each run whose end is entered for the first time; returns how many those are. */
async function recordUsageEvents(client: PoolClient, entries: readonly Entry[]): Promise<number> {
  const rows = entries.flatMap(({ finishedAt, startedAt, gpus, runId, jobId, account, submittedBy }) => {
    if (finishedAt === null) return []
    const gpuMicroseconds = gpus.length * (Date.parse(finishedAt) - Date.parse(startedAt)) * 1000
    const payload: Omit<UsageEvent, 'id' | 'ts' | 'type'> = {
      jobId,
      runId,
      account,
      user: submittedBy,
      gpuMicroseconds,
    }
    return [{ job_id: jobId, run_id: runId, payload, subject: SUBJECTS.usageEvents(jobId) }]
  })
  if (rows.length === 0) return 0
  const written = await query(
    client,
    'record-events',
    `INSERT INTO events (type, job_id, run_id, payload, subject)
     SELECT 'usage.recorded', job_id, run_id, payload, subject
     FROM jsonb_to_recordset($1) AS e (job_id uuid, run_id uuid, payload jsonb, subject text)
     ON CONFLICT (run_id) DO NOTHING RETURNING run_id`,
    [JSON.stringify(rows)],
  )
  return written.length
}
