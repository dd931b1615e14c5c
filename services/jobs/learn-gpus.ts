// Which workers and GPUs there are, whose, and which of them take runs: heard from the events of the gpus service, and
// kept for the claim, which believes no worker about it.
import { startConsumer } from '@constellation/platform/consume.ts'
import { query } from '@constellation/platform/database.ts'
import {
  type GpuEvent,
  gpuEvent,
  STREAMS,
  SUBJECTS,
  type WorkerEvent,
  workerEvent,
} from '@constellation/platform/events.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode, type NatsLink } from '@constellation/platform/nats.ts'
import type { JsMsg } from '@nats-io/jetstream'
import type { Pool } from 'pg'
import type { GenericSchema, InferOutput } from 'valibot'
import type { Announce } from './announce.ts'
import { forgetHopeless } from './sql/reservations.ts'

/** Reads the events of workers and GPUs until stopped. Workers are woken, as what they have may be claimable now. */
export function startLearning(options: { pool: Pool; nats: NatsLink; log: Logger; announce: Announce }) {
  const { pool, nats, log, announce } = options
  const stream = STREAMS.EVENTS.name
  const learners = [
    startConsumer({
      nats,
      log,
      stream,
      durable: 'jobs-gpus',
      subject: SUBJECTS.allGpuEvents,
      handle: async (messages) => {
        await learnGpus(pool, readable(messages, gpuEvent, log))
        announce.queueGrew()
      },
    }),
    startConsumer({
      nats,
      log,
      stream,
      durable: 'jobs-workers',
      subject: SUBJECTS.allWorkerEvents,
      handle: async (messages) => {
        await learnWorkers(pool, readable(messages, workerEvent, log))
        announce.queueGrew()
      },
    }),
  ]
  return {
    stop: async () => {
      await Promise.all(learners.map((learner) => learner.stop()))
    },
  }
}

/**
 * Keeps what the events tell of GPUs, unless something newer is known. What is out of service gets no runs from then
 * on; those that it has go on.
 */
export async function learnGpus(pool: Pool, events: readonly GpuEvent[]): Promise<void> {
  const latest = new Map(events.map((event) => [event.gpu.id, event]))
  const rows = [...latest.values()].map(({ id, type, gpu }) => ({
    ...gpu,
    capability: capabilityNumber(gpu.computeCapability),
    present: gpu.present ?? type !== 'gpu.missing',
    inService: gpu.inService ?? true,
    heard: numberOf(id),
  }))
  await query(
    pool,
    'learn-gpus',
    `INSERT INTO known_gpus AS k
       (gpu_id, gpu_uuid, model, memory_mb, compute_capability, simulated, worker_id, present, in_service, why_not, heard)
     SELECT id, uuid, name, "totalMemoryMb", capability, simulated, "workerId", present, "inService", "whyNot", heard
     FROM jsonb_to_recordset($1) AS g (id uuid, uuid text, name text, "totalMemoryMb" integer, capability integer,
       simulated boolean, "workerId" text, present boolean, "inService" boolean, "whyNot" text, heard bigint)
     ORDER BY id
     ON CONFLICT (gpu_id) DO UPDATE SET gpu_uuid = excluded.gpu_uuid, model = excluded.model,
       memory_mb = excluded.memory_mb, compute_capability = excluded.compute_capability,
       simulated = excluded.simulated, worker_id = excluded.worker_id, present = excluded.present,
       in_service = excluded.in_service, why_not = excluded.why_not, heard = excluded.heard
     WHERE k.heard < excluded.heard`,
    [JSON.stringify(rows)],
  )
  const fewer = rows.filter(({ present, inService }) => !present || !inService)
  await forgetHopeless(
    pool,
    fewer.map(({ workerId }) => workerId),
  )
}

/** The same for workers. */
export async function learnWorkers(pool: Pool, events: readonly WorkerEvent[]): Promise<void> {
  const latest = new Map(events.map((event) => [event.worker.id, event]))
  const rows = [...latest.values()].map(({ id, worker }) => ({
    ...worker,
    inService: worker.inService ?? true,
    heard: numberOf(id),
  }))
  await query(
    pool,
    'learn-workers',
    `INSERT INTO known_workers AS k (worker_id, labels, executors, in_service, why_not, heard)
     SELECT id, labels, executors, "inService", "whyNot", heard
     FROM jsonb_to_recordset($1) AS w (id text, labels jsonb, executors text[], "inService" boolean, "whyNot" text,
                                       heard bigint)
     ORDER BY id
     ON CONFLICT (worker_id) DO UPDATE SET labels = excluded.labels, executors = excluded.executors,
       in_service = excluded.in_service, why_not = excluded.why_not, heard = excluded.heard
     WHERE k.heard < excluded.heard`,
    [JSON.stringify(rows)],
  )
  const closed = rows.filter(({ inService }) => !inService)
  await forgetHopeless(
    pool,
    closed.map(({ id }) => id),
  )
}

/** What is no event now will be none when it comes again, so it is left out. */
function readable<Schema extends GenericSchema>(messages: readonly JsMsg[], schema: Schema, log: Logger) {
  return messages.flatMap((message): InferOutput<Schema>[] => {
    const decoded = decode(schema, message.data)
    if ('value' in decoded) return [decoded.value]
    log.error({ subject: message.subject, fault: decoded.fault }, 'an event of a worker or a GPU could not be read')
    return []
  })
}

/** The gpus service counts its events: of two about the same thing, the higher number is the newer one. */
function numberOf(eventId: string): number {
  return Number(eventId.replace(/^gpus-/, ''))
}

/** `8.0` as 800, so that capabilities compare as numbers; 0 where it is unknown. */
function capabilityNumber(text: string | null | undefined): number {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,2})$/.exec(text ?? '') ?? []
  return Number(major ?? 0) * 100 + Number(minor ?? 0)
}
