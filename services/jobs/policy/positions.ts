// How many jobs go before each one that waits. Pure.
import { fitOf, type Machine } from './machines.ts'
import type { Place, QueuedLane } from './order.ts'

/**
 * The position of each job of the order, from 1: those before it count that could have one of the GPUs that it could
 * have, or a slot of the same worker.
 */
export function positionsOf(order: readonly Place[], machines: readonly Machine[]): Map<string, number> {
  const groups = groupsOf([...new Set(order.map(({ lane }) => lane))], machines)
  const positions = new Map<string, number>()
  for (const { lane, job } of order) {
    const group = groups.get(lane)
    for (const rival of group?.rivals ?? []) rival.count += 1
    positions.set(job.jobId, group?.count ?? 1)
  }
  return positions
}

/** Lanes that the same GPUs or workers can serve. */
interface Group {
  resources: ReadonlySet<string>
  /** How many jobs so far compete with the next of these. */
  count: number
  /** Those that share a GPU or a worker with it, itself included. */
  rivals: Group[]
}

function groupsOf(lanes: readonly QueuedLane[], machines: readonly Machine[]): Map<QueuedLane, Group> {
  const groups = new Map<string, Group>()
  const ofLanes = lanes.map((lane) => {
    const resources = resourcesOf(machines, lane)
    const name = resources.join()
    const group = groups.get(name) ?? { resources: new Set(resources), count: 0, rivals: [] }
    groups.set(name, group)
    return [lane, group] as const
  })
  const all = [...groups.values()]
  for (const group of all)
    group.rivals = all.filter((other) => other === group || meet(group.resources, other.resources))
  return new Map(ofLanes)
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((each) => b.has(each))
}

function resourcesOf(machines: readonly Machine[], lane: QueuedLane): string[] {
  const fits = machines.map((machine) => fitOf(machine, lane)).filter(({ possible }) => possible)
  if (lane.gpuCount === 0) return fits.map(({ machine }) => machine.workerId)
  return fits.flatMap(({ gpus }) => gpus.map(({ id }) => id))
}
