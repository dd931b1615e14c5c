// What the jobs service tells Prometheus of the queue and of the lives of jobs.
import { LONG_SECONDS } from '@constellation/platform/metrics/metrics.ts'
import { Counter, Gauge, Histogram } from 'prom-client'

export const queueJobs = new Gauge({
  name: 'constellation_queue_jobs',
  help: 'Jobs that wait, by why: ready, dependencies, start_time, backoff or budget. Each process tells the same.',
  labelNames: ['reason'],
})

export const queueJobsOfAccount = new Gauge({
  name: 'constellation_queue_account_jobs',
  help: 'Jobs that are ready, of the 20 accounts that have most of them, the rest as other. Each process tells the same.',
  labelNames: ['account'],
})

export const queueGpusWanted = new Gauge({
  name: 'constellation_queue_gpus_wanted',
  help: 'GPUs that the jobs ask for which are ready. Each process tells the same.',
})

export const queueOldest = new Gauge({
  name: 'constellation_queue_oldest_seconds',
  help: 'How long the oldest job waits that is ready. Each process tells the same.',
})

export const runsLive = new Gauge({
  name: 'constellation_runs_live',
  help: 'Runs that have a lease. Each process tells the same.',
})

export const leasesExpired = new Gauge({
  name: 'constellation_leases_expired',
  help: 'Leases that have ended and whose runs were not given up yet. Each process tells the same.',
})

export const jobsSubmitted = new Counter({
  name: 'constellation_jobs_submitted_total',
  help: 'Jobs that have entered the queue for the first time.',
})

export const jobsEnded = new Counter({
  name: 'constellation_jobs_ended_total',
  help: 'Jobs that have come to their end, by their state then.',
  labelNames: ['state'],
})
// From 0 on, as a step from nothing to 1 is no increase.
for (const state of ['completed', 'failed', 'cancelled']) jobsEnded.inc({ state }, 0)

export const runsEnded = new Counter({
  name: 'constellation_runs_ended_total',
  help: 'Runs that have ended, by how.',
  labelNames: ['outcome'],
})
for (const outcome of ['completed', 'failed', 'cancelled', 'lost', 'preempted']) runsEnded.inc({ outcome }, 0)

export const waitSeconds = new Histogram({
  name: 'constellation_run_wait_seconds',
  help: 'From when an attempt began to wait until a worker claimed it.',
  buckets: LONG_SECONDS,
})

export const runSeconds = new Histogram({
  name: 'constellation_run_duration_seconds',
  help: 'From the start of the process to its end.',
  labelNames: ['outcome'],
  buckets: [...LONG_SECONDS, 604_800],
})

export const leaseLosses = new Counter({
  name: 'constellation_lease_losses_total',
  help: 'Runs that were given up as their worker was not heard of until the lease ended.',
})
