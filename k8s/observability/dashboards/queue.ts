// How jobs get on: from the queue through their runs to the ledger.
import { type Board, quantiles, series, stat } from './panel.ts'

export const queue: Board = {
  uid: 'queue',
  title: 'jobs',
  description: 'The queue, the lives of jobs, and what they have used.',
  rows: [
    {
      title: 'At a glance',
      panels: [
        stat('Ready and waiting', 'short', 'max(constellation_queue_jobs{reason="ready"})'),
        stat('The oldest waits', 's', 'max(constellation_queue_oldest_seconds)'),
        stat('GPUs asked for', 'short', 'max(constellation_queue_gpus_wanted)'),
        stat('Runs', 'short', 'max(constellation_runs_live)'),
        stat('Submitted in the last hour', 'short', 'sum(increase(constellation_jobs_submitted_total[1h]))'),
        stat('Leases lost in the last hour', 'short', 'sum(increase(constellation_lease_losses_total[1h]))'),
      ],
    },
    {
      title: 'The queue',
      panels: [
        series('Jobs that wait, by why', 'short', [['max by (reason) (constellation_queue_jobs)', '{{reason}}']]),
        series('Ready jobs, by account', 'short', [
          ['max by (account) (constellation_queue_account_jobs)', '{{account}}'],
        ]),
        series('How long attempts wait', 's', quantiles('constellation_run_wait_seconds')),
        series('Leases that have ended, not given up yet', 'short', [['max(constellation_leases_expired)', 'leases']]),
      ],
    },
    {
      title: 'Lives of jobs',
      panels: [
        series('Jobs submitted and ended', 'ops', [
          ['sum(rate(constellation_jobs_submitted_total[$__rate_interval]))', 'submitted'],
          ['sum by (state) (rate(constellation_jobs_ended_total[$__rate_interval]))', '{{state}}'],
        ]),
        series('Runs ended, by how', 'ops', [
          ['sum by (outcome) (rate(constellation_runs_ended_total[$__rate_interval]))', '{{outcome}}'],
        ]),
        series('How long runs take', 's', quantiles('constellation_run_duration_seconds')),
        series('Runs given up with their lease', 'ops', [
          ['sum(rate(constellation_lease_losses_total[$__rate_interval]))', 'lost'],
          ['sum(rate(constellation_worker_runs_lost_total[$__rate_interval]))', 'ended by their workers'],
        ]),
      ],
    },
    {
      title: 'Usage',
      panels: [
        series('GPU time entered in the ledger', 'short', [
          ['sum(rate(constellation_ledger_gpu_seconds_total[$__rate_interval]))', 'GPU seconds a second'],
        ]),
        series('Runs entered in the ledger', 'ops', [
          ['sum(rate(constellation_ledger_runs_recorded_total[$__rate_interval]))', 'runs'],
        ]),
        series('How far the lake is behind', 's', [['constellation_lake_lag_seconds', '{{instance}}']]),
        series('The lake', 'bytes', [['max(constellation_lake_bytes)', 'size']]),
        series('Files of the lake', 'short', [['max(constellation_lake_files)', 'files']]),
        series('Budgets', 'short', [
          ['max(constellation_budget_holds)', 'hold work back'],
          ['sum by (threshold) (increase(constellation_budget_crossings_total[1h]))', 'crossed {{threshold}} %'],
        ]),
      ],
    },
  ],
}
