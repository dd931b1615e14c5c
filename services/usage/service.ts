// The usage service, put together: the graph, the recording of runs, and the relay of events.
import { guardSchema } from '@constellation/db/schema-guard.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import type { Lifecycle } from '@constellation/platform/lifecycle.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { serveMetrics } from '@constellation/platform/metrics/serve-metrics.ts'
import { linkNats, streamSettingsOf } from '@constellation/platform/nats/nats.ts'
import { startOutbox } from '@constellation/platform/nats/outbox.ts'
import { startSubgraph } from '@constellation/platform/subgraph/subgraph.ts'
import { startTracing } from '@constellation/platform/tracing/trace.ts'
import { watchBudgets } from './budgets/watch-budgets.ts'
import { bucketOf, type UsageConfig } from './config.ts'
import { createContext, createSurroundings } from './context.ts'
import { serveFiles } from './exports/serve-file.ts'
import { createLinks } from './exports/sign-link.ts'
import { startExporting } from './exports/work-off.ts'
import { startRecordingCapacity } from './fleet/record-capacity.ts'
import { openBucket } from './lake/bucket.ts'
import { startLake } from './lake/start-lake.ts'
import { startRecording } from './ledger/record.ts'
import { startRepricing } from './ledger/reprice.ts'
import { countEvent } from './metrics/count-events.ts'
import { tellLake } from './metrics/tell-lake.ts'
import { resolvers } from './resolvers.ts'
import { RULES } from './rules.ts'

/** Starts the service; what it holds is released by the lifecycle. Returns where its graph answers. */
export async function startUsageService(
  config: UsageConfig,
  log: Logger,
  lifecycle: Lifecycle,
): Promise<{ url: string }> {
  await serveMetrics(config, log, lifecycle)
  await startTracing('usage', config, lifecycle)
  const replicaUrl = config.DATABASE_REPLICA_URL
  const database = await openDatabase(config.DATABASE_URL, { schema: 'usage', entities: [], log, replicaUrl })
  lifecycle.onStop('the database', database.close)
  const { pool } = database
  const schema = await guardSchema({ service: 'usage', pool, log })
  const nats = linkNats(config.NATS_URL, 'usage', log, streamSettingsOf(config))
  lifecycle.onStop('NATS', () => nats.close())

  const outbox = startOutbox({ service: 'usage', pool, nats, log, onPublished: countEvent })
  lifecycle.onStop('the outbox', () => outbox.stop())
  const capacity = startRecordingCapacity({ pool, nats, log })
  lifecycle.onStop('the recording of GPUs', () => capacity.stop())
  const repricing = startRepricing(pool, log)
  lifecycle.onStop('the applying of prices', () => repricing.stop())

  const budgets = watchBudgets({ pool, nats, log, changed: outbox.wake })
  lifecycle.onStop('the budgets', () => budgets.stop())

  const settings = bucketOf(config)
  const bucket = settings && openBucket(settings)
  const lake = await startLake({
    directory: config.LAKE_DIRECTORY,
    bucket,
    keepMonths: config.LAKE_KEEP_MONTHS,
    pool,
    log,
  })
  lifecycle.onStop('the lake', () => lake.stop())
  lifecycle.onStop('the telling of the lake', tellLake(pool, config.LAKE_DIRECTORY))
  const changed = () => {
    outbox.wake()
    lake.analyst.refresh()
  }
  const recording = startRecording({ pool, nats, log, changed })
  lifecycle.onStop('the recording of runs', () => recording.stop())

  const links = createLinks(config.GATEWAY_SECRET)
  const exporting = startExporting({ pool, directory: config.LAKE_DIRECTORY, bucket, analyst: lake.analyst, log })
  lifecycle.onStop('the writing of exports', () => exporting.stop())
  const surroundings = createSurroundings(database, lake.analyst, { sign: links.sign, budgets })

  const subgraph = await startSubgraph({
    name: 'usage',
    resolvers,
    rules: RULES,
    context: (who, gone) => createContext(surroundings, who, gone),
    checks: { database: schema, nats: nats.check },
    routes: (app) => serveFiles(app, { pool, directory: config.LAKE_DIRECTORY, bucket, check: links.check }),
    config,
    log,
  })
  lifecycle.onStop('the graph', () => subgraph.stop())
  return { url: subgraph.url }
}
