// What the runs that hold simulated GPUs ask of them, as of now: load, memory, and faults that are due.
import { faultsOfRun } from './fault.ts'
import type { Holder, Holders } from './provider.ts'
import { type Demand, USUAL_MEMORY_MB } from './simulated-card.ts'
import { loadAt, loadPlan } from './simulated-load.ts'

/** A fault that a run brings upon the first of its GPUs; `cause` tells it from the run's others. */
export interface DueFault {
  uuid: string
  word: string
  cause: string
}

export interface Demands {
  of(holder: Holder | undefined): Demand | null
  /** The faults whose time has come, those of before included. */
  due(holders: Holders): DueFault[]
}

interface Plan {
  load: ReturnType<typeof loadPlan>
  faults: ReturnType<typeof faultsOfRun>
  /** When it was first seen: its start, until that is known. */
  seenAt: number
}

/** `clock` is in milliseconds since 1970. */
export function openDemands(clock: () => number): Demands {
  // Runs are made over and over, so what is known of one goes with it.
  const plans = new Map<string, Plan>()
  const planOf = ({ runId, environment }: Holder): Plan => {
    const known = plans.get(runId)
    if (known) return known
    const plan = { load: loadPlan(environment), faults: faultsOfRun(environment), seenAt: clock() }
    plans.set(runId, plan)
    return plan
  }
  const age = ({ startedAt }: Holder, { seenAt }: Plan) => Math.max(0, clock() - (startedAt ?? seenAt)) / 1_000
  return {
    of: (holder) => {
      if (!holder) return null
      const plan = planOf(holder)
      return { load: loadAt(plan.load, age(holder, plan)), memoryMb: plan.load.memoryMb ?? USUAL_MEMORY_MB }
    },
    due: (holders) => {
      const firstGpus = new Map<string, string>()
      for (const [uuid, { runId }] of holders) if (!firstGpus.has(runId)) firstGpus.set(runId, uuid)
      for (const runId of plans.keys()) if (!firstGpus.has(runId)) plans.delete(runId)
      return [...holders].flatMap(([uuid, holder]) => {
        if (firstGpus.get(holder.runId) !== uuid) return []
        const plan = planOf(holder)
        return plan.faults.flatMap(({ word, afterSeconds }, number) =>
          afterSeconds <= age(holder, plan) ? [{ uuid, word, cause: `${holder.runId}/${number}` }] : [],
        )
      })
    },
  }
}
