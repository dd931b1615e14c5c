// What every service counts and measures beside what every process does: its database, its events and what it is asked.
import { Counter, Gauge, Histogram } from 'prom-client'
import { SECONDS } from './metrics.ts'

export const questionSeconds = new Histogram({
  name: 'constellation_subgraph_question_duration_seconds',
  help: 'How long a service took to answer a question of the gateway.',
  labelNames: ['outcome'],
  buckets: SECONDS,
})

export const sqlConnections = new Gauge({
  name: 'constellation_sql_connections',
  help: 'Connections to PostgreSQL of this process by what they do; waiting: callers that wait for one.',
  labelNames: ['state'],
})

export const replicaReads = new Counter({
  name: 'constellation_replica_reads_total',
  help: 'Reads that a replica may answer, by who did: replica, or the primary as the replica was behind, other (not its replica), failed, busy or resting.',
  labelNames: ['outcome'],
})
// From the start, so that the first of a kind is a change that Prometheus sees.
for (const outcome of ['replica', 'behind', 'other', 'failed', 'busy', 'resting']) replicaReads.inc({ outcome }, 0)

export const replicaLag = new Gauge({
  name: 'constellation_replica_lag_bytes',
  help: 'How much of the log the replica has not replayed yet, after a wait of 15 ms. Absent without a replica, or where it is not reached.',
})

export const outboxWaiting = new Gauge({
  name: 'constellation_outbox_events_waiting',
  help: 'Events of the service that are not published yet, up to 10,000. Each of its processes tells the same.',
})

export const outboxLag = new Gauge({
  name: 'constellation_outbox_lag_seconds',
  help: 'How long the oldest of these events waits. Each process of the service tells the same.',
})

export const eventsPublished = new Counter({
  name: 'constellation_events_published_total',
  help: 'Events that this process has published, by their type.',
  labelNames: ['type'],
})

export const publishDelay = new Histogram({
  name: 'constellation_event_publish_delay_seconds',
  help: 'From what happened until it was published.',
  buckets: SECONDS,
})

export const messagesHandled = new Counter({
  name: 'constellation_messages_total',
  help: 'Messages of JetStream by what became of them; those that failed come again.',
  labelNames: ['consumer', 'outcome'],
})

export const messageLag = new Histogram({
  name: 'constellation_message_lag_seconds',
  help: 'How old the oldest message of a batch was when it had been handled.',
  labelNames: ['consumer'],
  buckets: [...SECONDS, 60, 600, 3_600],
})
