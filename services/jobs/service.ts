// The jobs service, put together: the graph, the relay of events, the store of logs, and the reaper.
import { guardSchema } from '@constellation/db/schema-guard.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import type { Lifecycle } from '@constellation/platform/lifecycle.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { serveMetrics } from '@constellation/platform/metrics/serve-metrics.ts'
import { linkNats, streamSettingsOf } from '@constellation/platform/nats/nats.ts'
import { startOutbox } from '@constellation/platform/nats/outbox.ts'
import { startSubgraph } from '@constellation/platform/subgraph/subgraph.ts'
import { startTracing } from '@constellation/platform/tracing/trace.ts'
import { createAnnounce } from './announce.ts'
import { startAuditStore } from './audit/store.ts'
import type { JobsConfig } from './config.ts'
import { createContext } from './context.ts'
import { JobEntity, RunEntity, RunGpuEntity, TemplateEntity } from './entities.ts'
import { startQueueTeller } from './explain/queue-moved.ts'
import { startHearingBudgets } from './hearing/hear-budgets.ts'
import { startLearning } from './hearing/learn-gpus.ts'
import { logPublisher, startLogStore } from './logs/logs.ts'
import { keepingOf, startRetention } from './logs/retention.ts'
import { countEvent } from './metrics/count-events.ts'
import { tellQueue } from './metrics/tell-queue.ts'
import { startPreempting } from './preempt.ts'
import { startReaper } from './reap.ts'
import { resolvers } from './resolvers.ts'
import { startRipening } from './ripen.ts'
import { RULES } from './rules.ts'
import { startSchedules } from './schedules/submit-due.ts'
import { startSweeping } from './submission/idempotency.ts'
import { startTending } from './tend.ts'
import { createNoteOwner } from './tokens/owners.ts'
import { lookAtQueue, startWaking } from './wake-workers.ts'
import { startWebhooks } from './webhooks/start-webhooks.ts'

/** Starts the service; what it holds is released by the lifecycle. Returns where its graph answers. */
export async function startJobsService(
  config: JobsConfig,
  log: Logger,
  lifecycle: Lifecycle,
): Promise<{ url: string }> {
  await serveMetrics(config, log, lifecycle)
  await startTracing('jobs', config, lifecycle)
  const entities = [JobEntity, RunEntity, RunGpuEntity, TemplateEntity]
  const replicaUrl = config.DATABASE_REPLICA_URL
  const database = await openDatabase(config.DATABASE_URL, { schema: 'jobs', entities, log, replicaUrl })
  lifecycle.onStop('the database', database.close)
  const { pool } = database
  const schema = await guardSchema({ service: 'jobs', pool, log })
  const nats = linkNats(config.NATS_URL, 'jobs', log, streamSettingsOf(config))
  lifecycle.onStop('NATS', () => nats.close())

  const outbox = startOutbox({
    service: 'jobs',
    messages: 'event_messages',
    traced: true,
    pool,
    nats,
    log,
    onPublished: countEvent,
  })
  lifecycle.onStop("the telling of the queue's length", tellQueue(pool))
  lifecycle.onStop('the outbox', () => outbox.stop())
  const teller = startQueueTeller(nats)
  lifecycle.onStop('the telling of the queue', () => teller.stop())
  const waking = startWaking({ nats, look: lookAtQueue(pool), log })
  lifecycle.onStop('the waking of workers', waking.stop)
  const announce = createAnnounce(nats, outbox, teller.moved, waking.queueGrew)
  const logs = startLogStore({ pool, nats, log })
  lifecycle.onStop('the log store', () => logs.stop())
  const audit = startAuditStore({ pool, nats, log })
  lifecycle.onStop('the audit log', () => audit.stop())
  const learning = startLearning({ pool, nats, log, announce })
  lifecycle.onStop('the learning of GPUs', () => learning.stop())
  const budgets = startHearingBudgets({ pool, nats, log, announce })
  lifecycle.onStop('the hearing of budgets', () => budgets.stop())
  const reaper = startReaper({ pool, announce, publishLog: logPublisher(nats), log })
  lifecycle.onStop('the reaper', () => reaper.stop())
  const retention = startRetention({ pool, keep: keepingOf(config), log })
  lifecycle.onStop('the retention', () => retention.stop())
  const tending = startTending({ pool, announce, log })
  lifecycle.onStop('the tending of the queue', () => tending.stop())
  const preempting = startPreempting({ pool, announce, log })
  lifecycle.onStop('preempting', () => preempting.stop())

  const ripening = startRipening({ pool, announce, log })
  lifecycle.onStop('the ripening', () => ripening.stop())
  const schedules = startSchedules({ pool, announce, log })
  lifecycle.onStop('the schedules', () => schedules.stop())
  const settings = {
    leaseMs: config.LEASE_MS,
    secretsKey: Buffer.from(config.SECRETS_KEY, 'hex'),
    keyKeptMs: config.IDEMPOTENCY_HOURS * 3_600_000,
    webhooksMayBePrivate: config.WEBHOOK_ALLOW_PRIVATE,
  }
  const webhooks = startWebhooks({ pool, nats, log, ...settings })
  lifecycle.onStop('the webhooks', () => webhooks.stop())
  const sweeping = startSweeping(pool, settings.keyKeptMs, log)
  lifecycle.onStop('the sweeping of keys', () => sweeping.stop())
  const noteOwner = createNoteOwner(pool, log)
  const subgraph = await startSubgraph({
    name: 'jobs',
    resolvers,
    rules: RULES,
    context: (who) => {
      noteOwner(who)
      return createContext(database, announce, settings, who)
    },
    checks: {
      database: schema,
      nats: nats.check,
    },
    config,
    log,
  })
  lifecycle.onStop('the graph', () => subgraph.stop())
  return { url: subgraph.url }
}
