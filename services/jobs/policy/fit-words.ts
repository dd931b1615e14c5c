// Why one machine could not run a job, in a sentence. Pure.
import { fitOf, hasLabels, type Machine, type Need, runsSuch } from './machines.ts'

/** Null where it could, once what it has is free. */
export function whyNotThere(machine: Machine, need: Need): string | null {
  const { possible, gpus } = fitOf(machine, need)
  if (possible) return null
  if (!runsSuch(machine, need)) {
    return need.executor === 'docker' ? 'It runs no containers.' : 'It runs containers alone.'
  }
  if (!hasLabels(machine, need)) {
    const missing = Object.entries(need.workerLabels).filter(([name, value]) => machine.labels[name] !== value)
    return `It has not the label${missing.length > 1 ? 's' : ''} ${missing.map(([name, value]) => `${name}=${value}`).join(', ')}.`
  }
  if (need.gpuCount === 0) return 'It takes no jobs without a GPU.'
  if (machine.gpus.length === 0) return 'It has no GPUs.'
  if (gpus.length === 0) return 'None of its GPUs would do.'
  return gpus.length === 1 ? 'Only one of its GPUs would do.' : `Only ${gpus.length} of its GPUs would do.`
}
