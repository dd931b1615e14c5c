// What there is of GPUs enters the ledger, from the events of the gpus service.

import { query } from '@constellation/platform/database/database.ts'
import { eventNumber } from '@constellation/platform/events/event.ts'
import { type GpuEvent, gpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { type WorkerEvent, workerEvent } from '@constellation/platform/events/worker-event.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { readable, startConsumer } from '@constellation/platform/nats/consume.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'

/** Reads the events of GPUs and of workers until stopped. */
export function startRecordingCapacity({ pool, nats, log }: { pool: Pool; nats: NatsLink; log: Logger }) {
  const common = { nats, log, stream: STREAMS.EVENTS.name }
  const consumers = [
    startConsumer({
      ...common,
      durable: 'usage-gpus',
      subject: SUBJECTS.allGpuEvents,
      handle: (messages) => recordGpus(pool, readable(messages, gpuEvent, log)),
    }),
    startConsumer({
      ...common,
      durable: 'usage-workers',
      subject: SUBJECTS.allWorkerEvents,
      handle: (messages) => recordWorkers(pool, readable(messages, workerEvent, log)),
    }),
  ]
  return {
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop()))
    },
  }
}

/** Enters what these events tell of GPUs. */
export async function recordGpus(pool: Pool, events: readonly GpuEvent[]): Promise<void> {
  const facts = events.map(({ id, ts, gpu }) => ({
    gpu_id: gpu.id,
    event: eventNumber(id),
    at: ts,
    model: gpu.name,
    worker_id: gpu.workerId,
    present: gpu.present ?? true,
    usable: gpu.inService ?? true,
  }))
  if (facts.length === 0) return
  await query(
    pool,
    'record-gpu-facts',
    `INSERT INTO gpu_facts (gpu_id, event, at, model, worker_id, present, usable)
     SELECT * FROM jsonb_to_recordset($1) AS f (gpu_id uuid, event bigint, at timestamptz, model text, worker_id text,
       present boolean, usable boolean)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(facts)],
  )
}

/** Enters what these events tell of workers. */
export async function recordWorkers(pool: Pool, events: readonly WorkerEvent[]): Promise<void> {
  const facts = events.map(({ id, ts, type, worker }) => ({
    worker_id: worker.id,
    event: eventNumber(id),
    at: ts,
    usable: type !== 'worker.silent' && (worker.inService ?? true),
  }))
  if (facts.length === 0) return
  await query(
    pool,
    'record-worker-facts',
    `INSERT INTO worker_facts (worker_id, event, at, usable)
     SELECT * FROM jsonb_to_recordset($1) AS f (worker_id text, event bigint, at timestamptz, usable boolean)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(facts)],
  )
}
