// Look-ups of what runs GPUs have had: those of a request that ask for the same of many GPUs cost one question.

import type { Read } from '@constellation/platform/database/read-replica.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import { type Page, writeCursor } from '@constellation/platform/pages.ts'
import DataLoader from 'dataloader'
import type { Run } from '../entities.ts'
import type { GpuRunCounts } from '../generated/resolvers.ts'
import { countEnds, type Ended, newestRuns, type RunsOfGpu, type Sight } from '../sql/gpu-runs.ts'

interface AskedRuns {
  gpuId: string
  first: number
  /** Only runs with smaller ids, which are older. */
  before: string
}

interface AskedEnds {
  gpuId: string
  days: number
}

export interface GpuRunLoaders {
  /** The newest runs of a GPU, of those that the principal may see. */
  runsOfGpu: DataLoader<AskedRuns, Page<Run>, string>
  /** How the runs of a GPU ended, whoever's they were. */
  endsOnGpu: DataLoader<AskedEnds, GpuRunCounts, string>
}

const NOTHING: Page<Run> = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
const DAY_MS = 86_400_000

/** `run` gives the runs that the principal may see. */
export function gpuRunLoaders(read: Read, who: Principal, run: DataLoader<string, Run | null>): GpuRunLoaders {
  const sight = sightOf(who)
  const runsOfGpu = loaderOf<AskedRuns, Page<Run>>(NOTHING, async (gpuIds, { first, before }) => {
    const look = looksFor(sight, first, gpuIds.length)
    const found = await read((client) => newestRuns(client, gpuIds, { before, look, most: first + 1, sight }))
    const pages = found.map(async (one) => [one.gpuId, await toPage(one, first, look, run)] as const)
    return new Map(await Promise.all(pages))
  })
  const endsOnGpu = loaderOf<AskedEnds, GpuRunCounts>(toCounts([]), async (gpuIds, { days }) => {
    const ends = await read((client) => countEnds(client, gpuIds, firstIdOf(Date.now() - days * DAY_MS)))
    return new Map([...Map.groupBy(ends, ({ gpuId }) => gpuId)].map(([gpuId, rows]) => [gpuId, toCounts(rows)]))
  })
  return { runsOfGpu, endsOnGpu }
}

/** `find` answers the same question of many GPUs; of those that it leaves out, `none` is the answer. */
function loaderOf<Asked extends { gpuId: string }, Answer>(
  none: Answer,
  find: (gpuIds: string[], question: Omit<Asked, 'gpuId'>) => Promise<ReadonlyMap<string, Answer>>,
): DataLoader<Asked, Answer, string> {
  const nameOf = ({ gpuId: _, ...question }: Asked) => JSON.stringify(question)
  return new DataLoader<Asked, Answer, string>(
    async (asked) => {
      const answers = new Map<string, ReadonlyMap<string, Answer>>()
      for (const [name, alike] of Map.groupBy(asked, nameOf)) {
        const ids = alike.map(({ gpuId }) => gpuId).filter(isUuid)
        if (alike[0] && ids.length > 0) answers.set(name, await find(ids, alike[0]))
      }
      return asked.map((one) => answers.get(nameOf(one))?.get(one.gpuId) ?? none)
    },
    { cacheKeyFn: (one) => `${one.gpuId} ${nameOf(one)}` },
  )
}

/** As a question, the rule of `maySeeJob`. */
function sightOf(who: Principal): Sight {
  switch (who.role) {
    case 'admin':
    case 'operator':
    case 'analyst':
      return 'all'
    case 'account-manager':
      return { submittedBy: who.id, accounts: who.accounts }
    case 'user':
      return { submittedBy: who.id, accounts: [] }
    case 'worker':
      return { submittedBy: null, accounts: [] }
  }
}

/** So many runs are looked at for the pages of all GPUs together, and for that of one. */
const MOST_LOOKS = 20_000
const MOST_LOOKS_EACH = 1_000

/** How many runs of each GPU are looked at for those that may be seen: no more than are shown where all may. */
function looksFor(sight: Sight, first: number, gpus: number): number {
  if (sight === 'all') return first + 1
  return Math.max(first + 1, Math.min(MOST_LOOKS_EACH, Math.floor(MOST_LOOKS / gpus)))
}

async function toPage(
  { ids, looked, oldest }: RunsOfGpu,
  first: number,
  look: number,
  run: DataLoader<string, Run | null>,
): Promise<Page<Run>> {
  const shown = ids.slice(0, first)
  const rows = await Promise.all(shown.map((id) => run.load(id)))
  const nodes = rows.filter((row) => row !== null)
  const isFull = ids.length > first
  // Where there may be more than was looked at, the next page goes on from there.
  const isCut = !isFull && looked === look
  const last = isCut ? oldest : shown.at(-1)
  return {
    nodes,
    pageInfo: { hasNextPage: isFull || isCut, endCursor: last === undefined ? null : writeCursor([last]) },
  }
}

const COUNTED: Readonly<Record<Ended, keyof GpuRunCounts>> = {
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  preempted: 'preempted',
  lost: 'lost',
  gpu_failed: 'gpuFailed',
}

function toCounts(rows: readonly { ended: Ended; runs: number }[]): GpuRunCounts {
  const counts = { completed: 0, failed: 0, cancelled: 0, preempted: 0, lost: 0, gpuFailed: 0 }
  return { ...counts, ...Object.fromEntries(rows.map(({ ended, runs }) => [COUNTED[ended], runs])) }
}

/** An id below every one that was made from then on: the first 48 bits of an id are the time. */
function firstIdOf(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
