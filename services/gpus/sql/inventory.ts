// The statements by which the inventory becomes what a worker says.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import type { Host, RegisteredGpu } from '../registration/registration.ts'
import { FRESH_MS } from '../telemetry/telemetry.ts'

/** True where something of it is new, apart from its sign of life. The worker's row is locked from here on. */
export async function upsertWorker(client: PoolClient, id: string, host: Host): Promise<boolean> {
  const said = [host.hostname, host.version, host.gpuNotice, JSON.stringify(host.labels), host.executors]
  const capacity = host.capacity && JSON.stringify(host.capacity)
  const [row] = await query<{ isNew: boolean }>(
    client,
    'upsert-worker',
    `INSERT INTO workers (id, hostname, version, gpu_notice, labels, executors, capacity)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET hostname = $2, version = $3, gpu_notice = $4, labels = $5, executors = $6,
       capacity = $7, last_seen_at = now()
     RETURNING old.id IS NULL
       OR (old.hostname, old.version, old.gpu_notice, old.labels, old.executors, old.capacity)
         IS DISTINCT FROM (new.hostname, new.version, new.gpu_notice, new.labels, new.executors, new.capacity) AS "isNew"`,
    [id, ...said, capacity],
  )
  return row?.isNew ?? true
}

export interface UpsertedGpu {
  id: string
  uuid: string
  /** True where something of it is new. */
  isNew: boolean
  /** True where it was missing before. */
  isBack: boolean
}

const SAID = [
  'name',
  'total_mem_mb',
  'compute_capability',
  'driver_version',
  'cuda_version',
  'pci_bus_id',
  'mig',
  'nvlink_peers',
  'simulated',
  'worker_id',
  'index',
] as const

/** The GPUs, each locked: those that are another worker's, which is online, are left out. */
export async function upsertGpus(
  client: PoolClient,
  workerId: string,
  gpus: readonly RegisteredGpu[],
): Promise<UpsertedGpu[]> {
  const row = (name: string) => [...SAID, 'present'].map((column) => `${name}.${column}`).join(', ')
  return query<UpsertedGpu>(
    client,
    'upsert-gpus',
    // In the order of their UUIDs, so that two workers that name the same cards do not wait for each other.
    `INSERT INTO gpus (uuid, ${SAID.join(', ')})
     SELECT uuid, name, "totalMemoryMb", "computeCapability", "driverVersion", "cudaVersion", "pciBusId",
       nullif(mig, 'null'), "nvlinkPeers", simulated, $2, index
     FROM jsonb_to_recordset($1) AS g (uuid text, name text, "totalMemoryMb" integer, "computeCapability" text,
       "driverVersion" text, "cudaVersion" text, "pciBusId" text, mig jsonb, "nvlinkPeers" jsonb, simulated boolean,
       index integer)
     ORDER BY uuid
     ON CONFLICT (uuid) DO UPDATE SET ${SAID.map((column) => `${column} = excluded.${column}`).join(', ')}, present = true
     -- A card may move to another host, but no worker takes one from a worker that lives.
     WHERE gpus.worker_id = excluded.worker_id OR NOT gpus.present OR NOT EXISTS (
       SELECT FROM workers w WHERE w.id = gpus.worker_id AND w.last_seen_at > now() - $3 * interval '1 ms')
     RETURNING gpus.id, gpus.uuid, coalesce(NOT old.present, false) AS "isBack",
       old.id IS NULL OR (${row('old')}) IS DISTINCT FROM (${row('new')}) AS "isNew"`,
    [JSON.stringify(gpus), workerId, FRESH_MS],
  )
}

/** Returns those that were there before. */
export async function markMissing(
  client: PoolClient,
  workerId: string,
  gpus: readonly RegisteredGpu[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    client,
    'mark-missing',
    `UPDATE gpus SET present = false WHERE worker_id = $1 AND present AND uuid <> ALL($2) RETURNING id`,
    [workerId, gpus.map((gpu) => gpu.uuid)],
  )
  return rows.map(({ id }) => id)
}
