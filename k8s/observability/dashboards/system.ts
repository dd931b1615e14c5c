// What people who ask notice, and what the processes stand on.
import { type Board, quantiles, series, stat } from './panel.ts'

const OPERATIONS = 'constellation_gateway_operation_duration_seconds'
const FETCHES = 'constellation_gateway_subgraph_fetch_duration_seconds'

export const system: Board = {
  uid: 'system',
  title: 'system',
  description: 'Requests, errors, events, and the processes that answer.',
  rows: [
    {
      title: 'At a glance',
      panels: [
        stat('Operations a second', 'reqps', `sum(rate(${OPERATIONS}_count[$__rate_interval]))`),
        stat(
          'That fail',
          'percentunit',
          `(sum(rate(${OPERATIONS}_count{outcome="failed"}[$__rate_interval])) or vector(0)) / sum(rate(${OPERATIONS}_count[$__rate_interval]))`,
        ),
        stat('In flight', 'short', 'sum(constellation_gateway_requests_in_flight)'),
        stat('Connections open', 'short', 'sum(constellation_gateway_connections_open)'),
        stat('Subscriptions', 'short', 'sum(constellation_gateway_subscriptions_open)'),
        stat('Processes that answer', 'short', 'count(up{program=~".+"} == 1)'),
      ],
    },
    {
      title: 'Requests',
      panels: [
        series('Operations, by name', 'reqps', [
          [`topk(12, sum by (operation) (rate(${OPERATIONS}_count[$__rate_interval])))`, '{{operation}}'],
        ]),
        series('How long operations take', 's', quantiles(OPERATIONS)),
        series('The slowest operations (p95)', 's', [
          [
            `topk(8, histogram_quantile(0.95, sum by (le, operation) (rate(${OPERATIONS}_bucket[$__rate_interval]))))`,
            '{{operation}}',
          ],
        ]),
        series('Errors told, by code', 'ops', [
          ['sum by (program, code) (rate(constellation_errors_total[$__rate_interval]))', '{{program}} {{code}}'],
        ]),
        series('REST, by route', 'reqps', [
          [
            'topk(12, sum by (method, route) (rate(constellation_gateway_http_request_duration_seconds_count[$__rate_interval])))',
            '{{method}} {{route}}',
          ],
        ]),
        series('How long the services take to answer the gateway (p95)', 's', [
          [
            `histogram_quantile(0.95, sum by (le, subgraph) (rate(${FETCHES}_bucket[$__rate_interval])))`,
            '{{subgraph}}',
          ],
        ]),
        series('Questions that the services did not answer', 'reqps', [
          [
            `sum by (subgraph, outcome) (rate(${FETCHES}_count{outcome!="answered"}[$__rate_interval]))`,
            '{{subgraph}} {{outcome}}',
          ],
        ]),
        series(
          'How long a service takes by itself',
          's',
          quantiles('constellation_subgraph_question_duration_seconds', 'program').slice(1, 2),
        ),
      ],
    },
    {
      title: 'Events',
      panels: [
        series('Events published, by type', 'ops', [
          ['sum by (type) (rate(constellation_events_published_total[$__rate_interval]))', '{{type}}'],
        ]),
        series(
          'From what happened until it was published',
          's',
          quantiles('constellation_event_publish_delay_seconds'),
        ),
        series(
          'From what happened until the gateway heard of it',
          's',
          quantiles('constellation_gateway_event_lag_seconds'),
        ),
        series('Results delivered to subscribers', 'ops', [
          ['sum by (field) (rate(constellation_gateway_events_delivered_total[$__rate_interval]))', '{{field}}'],
        ]),
        series('Outbox: events that wait', 'short', [
          ['max by (program) (constellation_outbox_events_waiting)', '{{program}}'],
        ]),
        series('Outbox: how long the oldest waits', 's', [
          ['max by (program) (constellation_outbox_lag_seconds)', '{{program}}'],
        ]),
        series('Messages handled', 'ops', [
          [
            'sum by (consumer, outcome) (rate(constellation_messages_total[$__rate_interval]))',
            '{{consumer}} {{outcome}}',
          ],
        ]),
        series(
          'How far consumers are behind (p95)',
          's',
          quantiles('constellation_message_lag_seconds', 'consumer').slice(1, 2),
        ),
      ],
    },
    {
      title: 'Processes',
      panels: [
        series('Event loop lag (p99)', 's', [['nodejs_eventloop_lag_p99_seconds', '{{program}} {{instance}}']]),
        series('Processor', 'percentunit', [
          ['rate(process_cpu_seconds_total[$__rate_interval])', '{{program}} {{instance}}'],
        ]),
        series('Memory', 'bytes', [['process_resident_memory_bytes', '{{program}} {{instance}}']]),
        series('Collecting garbage', 'percentunit', [
          [
            'sum by (program, instance) (rate(nodejs_gc_duration_seconds_sum[$__rate_interval]))',
            '{{program}} {{instance}}',
          ],
        ]),
        series('Connections to PostgreSQL', 'short', [
          ['sum by (program, state) (constellation_sql_connections)', '{{program}} {{state}}'],
        ]),
        series('Connected to NATS', 'bool_yes_no', [['constellation_nats_connected', '{{program}} {{instance}}']]),
        series('Figures that could not be looked up', 'ops', [
          ['sum by (program) (rate(constellation_scrape_look_failures_total[$__rate_interval]))', '{{program}}'],
        ]),
      ],
    },
  ],
}
