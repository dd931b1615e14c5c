// What has happened to a worker, written in the transaction of the change, by which its row is locked.
import { query } from '@constellation/platform/database/database.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { WorkerEvent } from '@constellation/platform/events/worker-event.ts'
import type { PoolClient } from 'pg'
import type { Worker } from '../entities.ts'
import { whyCordoned } from '../state.ts'
import { insertEvents } from './record-events.ts'

/** Writes an event of the worker as it is by now; the reason is a sentence. */
export async function recordWorkerEvent(
  client: PoolClient,
  type: WorkerEvent['type'],
  workerId: string,
  reason: string | null = null,
): Promise<void> {
  const [row] = await query<Pick<Worker, 'id' | 'labels' | 'executors' | 'cordon' | 'cordonReason'>>(
    client,
    'describe-worker',
    'SELECT id, labels, executors, cordon, cordon_reason AS "cordonReason" FROM workers WHERE id = $1',
    [workerId],
  )
  if (!row) throw new Error('A worker is told of that is not there.')
  const { id, labels, executors } = row
  const whyNot = whyCordoned('It', row)
  const worker: WorkerEvent['worker'] = { id, labels, executors, inService: whyNot === null, whyNot }
  const subject = SUBJECTS.workerEvents(id)
  await insertEvents(client, [{ type, worker_id: id, reason, subject, payload: { worker, reason } }])
}
