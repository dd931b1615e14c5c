// Who uses the GPUs: which processes on them belong to runs of this worker, and which are strangers.
import { members } from '../executors/cgroup.ts'
import { groupPathsOf, lineage, userOf } from '../executors/process-tree.ts'
import type { GpuProcessReading } from '../gpu/provider.ts'
import { readState } from '../runs/run-records.ts'
import type { ProcessIdentity, ShimState } from '../shim/files.ts'
import type { Run } from '../worker.ts'

/** To what a process belongs: `unknown` where that cannot be told with certainty. */
export type Owner = { runId: string } | 'stranger' | 'unknown'

/** By what the processes of a run are known. */
export interface RunMarks {
  runId: string
  /** What all of them descend from. */
  shims: readonly ProcessIdentity[]
  /** Those that are in its groups, which nothing gets away from. */
  members: ReadonlySet<number>
  container: string | null
  /** Null unless no process but those of the run is this user's. */
  uid: number | null
}

/** What can be seen of a process. */
export interface ProcessMarks {
  pid: number
  /** Itself and what it descends from; undefined where nobody can tell. */
  lineage: readonly ProcessIdentity[] | undefined
  uid: number | undefined
  groupPaths: string
}

export interface GpuUser extends GpuProcessReading {
  owner: Owner
}

/** `seesMachine` is false where the numbers of processes that drivers tell are not those that we see. */
export async function ownersOf(
  processes: readonly GpuProcessReading[],
  runs: readonly Run[],
  seesMachine: boolean,
): Promise<GpuUser[]> {
  if (processes.length === 0) return []
  const marks = await Promise.all(runs.map(async (run) => marksOf(run, await readState(run.files.state))))
  return processes.map((process) => ({ ...process, owner: ownerOf(look(process.pid), marks, seesMachine) }))
}

/** A process of which too little is known is no stranger: it may be on its way out, or hidden from us. */
export function ownerOf(process: ProcessMarks, runs: readonly RunMarks[], seesMachine: boolean): Owner {
  if (!seesMachine) return 'unknown'
  const run = runs.find((run) => belongs(process, run))
  if (run) return { runId: run.runId }
  const known = process.lineage !== undefined && process.groupPaths !== ''
  return known ? 'stranger' : 'unknown'
}

function belongs({ pid, lineage, uid, groupPaths }: ProcessMarks, run: RunMarks): boolean {
  return (
    run.members.has(pid) ||
    (run.uid !== null && run.uid === uid) ||
    (run.container !== null && groupPaths.includes(run.container)) ||
    run.shims.some((shim) => lineage?.some((one) => one.pid === shim.pid && one.startedAt === shim.startedAt))
  )
}

function marksOf({ spec }: Run, state: ShimState | undefined): RunMarks {
  return {
    runId: spec.runId,
    shims: state ? [state.shim] : [],
    members: new Set(members(state?.cgroups ?? [])),
    container: state?.container || null,
    uid: spec.user?.exclusive ? spec.user.uid : null,
  }
}

function look(pid: number): ProcessMarks {
  return { pid, lineage: lineage(pid), uid: userOf(pid), groupPaths: groupPathsOf(pid) }
}
