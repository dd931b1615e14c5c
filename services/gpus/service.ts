// The gpus service, put together: the graph, the relay of events, and the watch over telemetry.
import { guardSchema } from '@constellation/db/schema-guard.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import type { Lifecycle } from '@constellation/platform/lifecycle.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { serveMetrics } from '@constellation/platform/metrics/serve-metrics.ts'
import { linkNats, streamSettingsOf } from '@constellation/platform/nats/nats.ts'
import { startOutbox } from '@constellation/platform/nats/outbox.ts'
import { startSubgraph } from '@constellation/platform/subgraph/subgraph.ts'
import { startTracing } from '@constellation/platform/tracing/trace.ts'
import type { GpusConfig } from './config.ts'
import { createContext } from './context.ts'
import { startEndingDrains } from './cordons/drain.ts'
import { GpuEntity, WorkerEntity } from './entities.ts'
import { startRecovering } from './health/recover.ts'
import { tellFleet } from './metrics/tell-fleet.ts'
import { resolvers } from './resolvers.ts'
import { startRollups } from './rollups/keep.ts'
import { startPartitions } from './rollups/partitions.ts'
import { RULES } from './rules.ts'
import { startNoticingSilence } from './telemetry/notice-silence.ts'
import { watchTelemetry } from './telemetry/telemetry.ts'

/** Starts the service; what it holds is released by the lifecycle. Returns where its graph answers. */
export async function startGpusService(
  config: GpusConfig,
  log: Logger,
  lifecycle: Lifecycle,
): Promise<{ url: string }> {
  await serveMetrics(config, log, lifecycle)
  await startTracing('gpus', config, lifecycle)
  const database = await openDatabase(config.DATABASE_URL, {
    schema: 'gpus',
    entities: [WorkerEntity, GpuEntity],
    log,
    replicaUrl: config.DATABASE_REPLICA_URL,
  })
  lifecycle.onStop('the database', database.close)
  const { pool } = database
  const schema = await guardSchema({ service: 'gpus', pool, log })
  const nats = linkNats(config.NATS_URL, 'gpus', log, streamSettingsOf(config))
  lifecycle.onStop('NATS', () => nats.close())

  const outbox = startOutbox({ service: 'gpus', pool, nats, log })
  lifecycle.onStop('the outbox', () => outbox.stop())
  const partitions = startPartitions({ pool, keepDays: config.TELEMETRY_RETENTION_DAYS, log })
  lifecycle.onStop('the partitions', () => partitions.stop())
  const rollups = startRollups({ pool, log })
  lifecycle.onStop('the roll-ups', () => rollups.stop())
  const lastSeen = watchTelemetry({ nats, pool, rollups, log })
  lifecycle.onStop('the watch over telemetry', () => lastSeen.stop())

  lifecycle.onStop('the telling of the fleet', tellFleet(pool, lastSeen))

  const noticing = startNoticingSilence({ pool, changed: outbox.wake, log })
  lifecycle.onStop('the noticing of silence', () => noticing.stop())
  const recovering = startRecovering({
    pool,
    changed: outbox.wake,
    probationSeconds: config.GPU_PROBATION_SECONDS,
    log,
  })
  lifecycle.onStop('the recovery of GPUs', () => recovering.stop())
  const draining = startEndingDrains({ pool, lastSeen, changed: outbox.wake, log })
  lifecycle.onStop('the ending of drains', () => draining.stop())

  const subgraph = await startSubgraph({
    name: 'gpus',
    resolvers,
    rules: RULES,
    context: (who) => createContext(database, { changed: outbox.wake, lastSeen }, who),
    checks: { database: schema, nats: nats.check },
    config,
    log,
  })
  lifecycle.onStop('the graph', () => subgraph.stop())
  return { url: subgraph.url }
}
