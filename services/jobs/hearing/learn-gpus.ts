// Which workers and GPUs there are, whose, and which of them take runs: heard from the events of the gpus service, and
// kept for the claim, which believes no worker about it.

import { query } from '@constellation/platform/database/database.ts'
import { eventNumber } from '@constellation/platform/events/event.ts'
import { type GpuEvent, gpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { type WorkerEvent, workerEvent } from '@constellation/platform/events/worker-event.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { readable, startConsumer } from '@constellation/platform/nats/consume.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import type { Announce } from '../announce.ts'
import { forgetHopeless } from '../sql/reservations.ts'

/** Reads the events of workers and GPUs until stopped. Workers are woken where something of them has come, or come back. */
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
        const more = await learnGpus(pool, readable(messages, gpuEvent, log))
        if (more) announce.queueGrew()
        else announce.changed()
      },
    }),
    startConsumer({
      nats,
      log,
      stream,
      durable: 'jobs-workers',
      subject: SUBJECTS.allWorkerEvents,
      handle: async (messages) => {
        const more = await learnWorkers(pool, readable(messages, workerEvent, log))
        if (more) announce.queueGrew()
        else announce.changed()
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
 * on; those that it has go on. True where jobs may find something that was not there before.
 */
export async function learnGpus(pool: Pool, events: readonly GpuEvent[]): Promise<boolean> {
  const latest = new Map(events.map((event) => [event.gpu.id, event]))
  const rows = [...latest.values()].map(({ id, type, gpu }) => ({
    ...gpu,
    capability: capabilityNumber(gpu.computeCapability),
    present: gpu.present ?? type !== 'gpu.missing',
    inService: gpu.inService ?? true,
    heard: eventNumber(id),
  }))
  const learnt = await query<{ more: boolean }>(
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
     WHERE k.heard < excluded.heard
     RETURNING new.present AND new.in_service
       AND (old.present, old.in_service, old.worker_id, old.model, old.memory_mb, old.compute_capability)
       IS DISTINCT FROM (new.present, new.in_service, new.worker_id, new.model, new.memory_mb, new.compute_capability) AS more`,
    [JSON.stringify(rows)],
  )
  const fewer = rows.filter(({ present, inService }) => !present || !inService)
  await forgetHopeless(
    pool,
    fewer.map(({ workerId }) => workerId),
  )
  return learnt.some(({ more }) => more)
}

/** The same for workers. */
export async function learnWorkers(pool: Pool, events: readonly WorkerEvent[]): Promise<boolean> {
  const latest = new Map(events.map((event) => [event.worker.id, event]))
  const rows = [...latest.values()].map(({ id, worker }) => ({
    ...worker,
    inService: worker.inService ?? true,
    heard: eventNumber(id),
  }))
  const learnt = await query<{ more: boolean }>(
    pool,
    'learn-workers',
    `INSERT INTO known_workers AS k (worker_id, labels, executors, in_service, why_not, heard)
     SELECT id, labels, executors, "inService", "whyNot", heard
     FROM jsonb_to_recordset($1) AS w (id text, labels jsonb, executors text[], "inService" boolean, "whyNot" text,
                                       heard bigint)
     ORDER BY id
     ON CONFLICT (worker_id) DO UPDATE SET labels = excluded.labels, executors = excluded.executors,
       in_service = excluded.in_service, why_not = excluded.why_not, heard = excluded.heard
     WHERE k.heard < excluded.heard
     RETURNING new.in_service
       AND (old.in_service, old.labels, old.executors) IS DISTINCT FROM (new.in_service, new.labels, new.executors) AS more`,
    [JSON.stringify(rows)],
  )
  const closed = rows.filter(({ inService }) => !inService)
  await forgetHopeless(
    pool,
    closed.map(({ id }) => id),
  )
  return learnt.some(({ more }) => more)
}

/** `8.0` as 800, so that capabilities compare as numbers; 0 where it is unknown. */
function capabilityNumber(text: string | null | undefined): number {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,2})$/.exec(text ?? '') ?? []
  return Number(major ?? 0) * 100 + Number(minor ?? 0)
}
