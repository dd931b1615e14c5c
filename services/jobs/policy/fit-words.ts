// Why one machine could not run a job, in a sentence. Pure.
import { fitOf, fitOnceBack, hasLabels, type Machine, type Need, runsSuch } from './machines.ts'
import { outOfService } from './out-of-service.ts'

/** Null where it could, once what it has is free. */
export function whyNotThere(machine: Machine, need: Need): string | null {
  if (fitOf(machine, need).possible) return null
  if (!runsSuch(machine, need)) {
    return need.executor === 'docker' ? 'It runs no containers.' : 'It runs containers alone.'
  }
  if (!hasLabels(machine, need)) {
    const missing = Object.entries(need.workerLabels).filter(([name, value]) => machine.labels[name] !== value)
    return `It has not the label${missing.length > 1 ? 's' : ''} ${missing.map(([name, value]) => `${name}=${value}`).join(', ')}.`
  }
  const away = outOfService(need, [machine])
  if (away) return away.message
  if (need.gpuCount === 0) return 'It takes no jobs without a GPU.'
  const { gpus } = fitOnceBack(machine, need)
  if (machine.gpus.length + machine.outOfService.gpus.length === 0) return 'It has no GPUs.'
  if (gpus.length === 0) return 'None of its GPUs would do.'
  return gpus.length === 1 ? 'Only one of its GPUs would do.' : `Only ${gpus.length} of its GPUs would do.`
}
