// Workers and their GPUs.
import { type Board, series, stat } from './panel.ts'

const GPUS = 'max by (model, state) (constellation_gpus)'

export const fleet: Board = {
  uid: 'fleet',
  title: 'GPUs',
  description: 'What the fleet does, by model and by GPU.',
  rows: [
    {
      title: 'At a glance',
      panels: [
        stat('GPUs', 'short', `sum(${GPUS})`),
        stat('Held', 'short', 'sum(max by (model) (constellation_gpus{state="held"}))'),
        stat('Idle', 'short', 'sum(max by (model) (constellation_gpus{state="idle"}))'),
        stat(
          'Cannot be given runs',
          'short',
          'sum(max by (model, state) (constellation_gpus{state=~"out_of_service|unreachable|missing"}))',
        ),
        stat('Workers online', 'short', 'max(constellation_workers{state="online"})'),
        stat('Workers silent', 'short', 'max(constellation_workers{state="silent"})'),
      ],
    },
    {
      title: 'The fleet',
      panels: [
        series('GPUs, by what they do', 'short', [[`sum by (state) (${GPUS})`, '{{state}}']]),
        series('GPUs, by model', 'short', [[`sum by (model) (${GPUS})`, '{{model}}']]),
        series('How much the GPUs are used that runs hold', 'percentunit', [
          ['max by (model) (constellation_gpu_held_utilisation_ratio)', '{{model}}'],
        ]),
        series('What the GPUs draw', 'watt', [['max by (model) (constellation_gpu_power_watts)', '{{model}}']]),
        series('Faults that stand', 'short', [
          ['max by (severity) (constellation_gpu_faults_standing)', '{{severity}}'],
        ]),
        series('Workers', 'short', [['max by (state) (constellation_workers)', '{{state}}']]),
      ],
    },
    {
      title: 'Each worker',
      panels: [
        series('Runs', 'short', [['constellation_worker_runs', '{{instance}}']]),
        series('Its GPUs', 'short', [
          ['sum by (instance, state) (constellation_worker_gpus)', '{{instance}} {{state}}'],
        ]),
        series('Runs claimed', 'ops', [
          ['rate(constellation_worker_runs_claimed_total[$__rate_interval])', '{{instance}}'],
        ]),
        series('What could not be done', 'ops', [
          [
            'sum by (instance, work) (rate(constellation_worker_failures_total[$__rate_interval]))',
            '{{instance}} {{work}}',
          ],
        ]),
      ],
    },
    {
      title: 'Each GPU',
      panels: [
        series('Utilisation', 'percentunit', [['constellation_worker_gpu_utilisation_ratio', '{{instance}} {{gpu}}']]),
        series('Memory in use', 'bytes', [['constellation_worker_gpu_memory_used_bytes', '{{instance}} {{gpu}}']]),
        series('Power', 'watt', [['constellation_worker_gpu_power_watts', '{{instance}} {{gpu}}']]),
        series('Temperature', 'celsius', [['constellation_worker_gpu_temperature_celsius', '{{instance}} {{gpu}}']]),
      ],
    },
  ],
}
