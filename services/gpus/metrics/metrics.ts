// What the gpus service tells Prometheus of the fleet: by model, as there may be ten thousand GPUs. Each worker tells of its own.
import { Gauge } from 'prom-client'

export const gpusInState = new Gauge({
  name: 'constellation_gpus',
  help: 'GPUs by model and by what they do: held, idle, out_of_service, unreachable or missing. Each process tells the same.',
  labelNames: ['state', 'model'],
})

export const utilisation = new Gauge({
  name: 'constellation_gpu_held_utilisation_ratio',
  help: 'How much the GPUs that runs hold are used, from 0 to 1, on average over those of a model.',
  labelNames: ['model'],
})

export const powerWatts = new Gauge({
  name: 'constellation_gpu_power_watts',
  help: 'What the GPUs of a model draw together.',
  labelNames: ['model'],
})

export const faultsStanding = new Gauge({
  name: 'constellation_gpu_faults_standing',
  help: 'Faults of GPUs that stand, by severity: note, drain or fatal. Each process tells the same.',
  labelNames: ['severity'],
})

export const workersInState = new Gauge({
  name: 'constellation_workers',
  help: 'Workers by whether they were heard of lately: online or silent. Each process tells the same.',
  labelNames: ['state'],
})
