// What every process counts and measures of itself, for Prometheus: in base units, and with labels of few values.
import { Counter, Gauge } from 'prom-client'

/** From a millisecond to ten seconds: what somebody waits for. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** From a tenth of a second to a day: what goes on by itself. */
export const LONG_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400]

export const errorsTold = new Counter({
  name: 'constellation_errors_total',
  help: 'Errors that were told to whoever asked, by their code.',
  labelNames: ['code'],
})
// From 0 on, as a step from nothing to 1 is no increase.
errorsTold.inc({ code: 'INTERNAL_SERVER_ERROR' }, 0)

export const natsConnected = new Gauge({
  name: 'constellation_nats_connected',
  help: '1 while every connection of this process to NATS is up.',
})

export const looksFailed = new Counter({
  name: 'constellation_scrape_look_failures_total',
  help: 'Look-ups for a scrape that failed or took too long: their figures are left out of it.',
})
