// What the gateway counts and measures of itself, for Prometheus.
import { LONG_SECONDS, SECONDS } from '@constellation/platform/metrics/metrics.ts'
import { Counter, Gauge, Histogram } from 'prom-client'

export const operationSeconds = new Histogram({
  name: 'constellation_gateway_operation_duration_seconds',
  help: 'How long queries and mutations over HTTP took, by the name of an operation of our own clients, or its kind.',
  labelNames: ['operation', 'outcome'],
  buckets: SECONDS,
})

export const httpSeconds = new Histogram({
  name: 'constellation_gateway_http_request_duration_seconds',
  help: 'How long requests beside those to /graphql took, by route and class of status. Streams are left out.',
  labelNames: ['method', 'route', 'status'],
  buckets: SECONDS,
})

export const requestsInFlight = new Gauge({
  name: 'constellation_gateway_requests_in_flight',
  help: 'Requests over HTTP that are being answered, streams among them.',
})

export const fetchSeconds = new Histogram({
  name: 'constellation_gateway_subgraph_fetch_duration_seconds',
  help: 'How long the services took to answer, as the gateway saw it.',
  labelNames: ['subgraph', 'outcome'],
  buckets: SECONDS,
})

export const connectionsOpen = new Gauge({
  name: 'constellation_gateway_connections_open',
  help: 'Sockets and streams of events that people have open.',
})

export const subscriptionsOpen = new Gauge({
  name: 'constellation_gateway_subscriptions_open',
  help: 'Subscriptions that are open, by socket, stream and REST.',
})

export const eventsDelivered = new Counter({
  name: 'constellation_gateway_events_delivered_total',
  help: 'Results of subscriptions that were handed to their clients, by the field subscribed to.',
  labelNames: ['field'],
})

export const eventLag = new Histogram({
  name: 'constellation_gateway_event_lag_seconds',
  help: 'From what happened until the gateway heard of it.',
  buckets: [...SECONDS, ...LONG_SECONDS.filter((seconds) => seconds > 10)],
})
