// What the usage service tells Prometheus of the ledger, the lake and budgets.
import { Counter, Gauge } from 'prom-client'

export const runsRecorded = new Counter({
  name: 'constellation_ledger_runs_recorded_total',
  help: 'Runs that were entered in the ledger.',
})

export const gpuSecondsRecorded = new Counter({
  name: 'constellation_ledger_gpu_seconds_total',
  help: 'GPU time that was entered in the ledger.',
})

export const budgetCrossings = new Counter({
  name: 'constellation_budget_crossings_total',
  help: 'Thresholds of budgets that were crossed: up to 50, up to 80, up to 100 percent, or above.',
  labelNames: ['threshold'],
})
// From 0 on, as a step from nothing to 1 is no increase.
for (const threshold of ['50', '80', '100', 'above']) budgetCrossings.inc({ threshold }, 0)

export const budgetsHolding = new Gauge({
  name: 'constellation_budget_holds',
  help: 'Budgets that are used up and hold work back. Each process tells the same.',
})

export const lakeLag = new Gauge({
  name: 'constellation_lake_lag_seconds',
  help: 'How far the files of the lake that this process reads are behind the ledger; 0 where they have all of it.',
})

export const lakeFiles = new Gauge({
  name: 'constellation_lake_files',
  help: 'Files of the present state of the lake.',
})

export const lakeBytes = new Gauge({
  name: 'constellation_lake_bytes',
  help: 'How large these files are together.',
})
