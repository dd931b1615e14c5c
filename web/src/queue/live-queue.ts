// The queue, kept right while it is shown.
import type { CombinedError } from '@urql/core'
import { type Accessor, createMemo, createSignal } from 'solid-js'
import {
  type AccountShareFragment,
  type HeldGpuFragment,
  JobsTickDocument,
  MachinesDocument,
  MoveJobDocument,
  QueueDocument,
  type QueuedJobFragment,
} from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription, refreshByLink } from '../shared/live.ts'
import { sayError } from '../shared/say-error.ts'
import { createSoon } from '../shared/soon.ts'
import { applyMove, type Move } from './moves.ts'

/** How many jobs of each kind are shown at first, how many more at a time, and at most. */
const FIRST = 100
const MOST = 500

/** As many GPUs as the server gives at a time. */
const MOST_GPUS = 1000

/** Changes within this many milliseconds lead to one question; without any it is asked anew, as estimates move. */
const SOON_MS = 400
const ROUND_MS = 5000

/** The machines change less: at most so often, in milliseconds. */
const MACHINES_SOON_MS = 1500
const MACHINES_ROUND_MS = 10_000

export type Kind = 'gpus' | 'slots'

export interface LiveQueue {
  /** False before the first answer. */
  known: Accessor<boolean>
  error: Accessor<CombinedError | undefined>
  /** Those that wait for GPUs, or for slots: as the server has them, but for a move that it has not answered yet. */
  jobs: (kind: Kind) => readonly QueuedJobFragment[]
  accounts: Accessor<readonly AccountShareFragment[]>
  gpus: Accessor<readonly HeldGpuFragment[]>
  /** Whether more jobs wait than are listed, and whether more of them can be shown. */
  isCut: Accessor<boolean>
  hasMore: Accessor<boolean>
  showMore: () => void
  /** Has the server move it. What was refused is said in `problem`. */
  move: (move: Move) => Promise<void>
  moving: Accessor<Move | undefined>
  problem: Accessor<string | undefined>
}

export function createLiveQueue(): LiveQueue {
  const graph = useGraph()
  const [first, setFirst] = createSignal(FIRST)
  const [moving, setMoving] = createSignal<Move>()
  const [problem, setProblem] = createSignal<string>()
  const query = createLiveQuery(QueueDocument, () => ({ first: first() }))
  const machines = createLiveQuery(MachinesDocument, () => ({ first: MOST_GPUS }))
  const refreshSoon = createSoon(query.refresh, SOON_MS, ROUND_MS)
  const refreshMachinesSoon = createSoon(machines.refresh, MACHINES_SOON_MS, MACHINES_ROUND_MS)
  createSubscription(
    JobsTickDocument,
    () => ({}),
    () => {
      refreshSoon()
      refreshMachinesSoon()
    },
  )
  refreshByLink(graph, query.refresh)
  refreshByLink(graph, machines.refresh)

  const move = async (wanted: Move) => {
    if (moving()) return
    setMoving(wanted)
    setProblem(undefined)
    const { data, error } = await graph.client.mutation(MoveJobDocument, { ...wanted }).toPromise()
    const refused = data?.moveJob.problems[0]?.message ?? (error && sayError(error))
    // The list as the server has it now comes before the look ahead is dropped: nothing jumps back.
    await graph.client.query(QueueDocument, { first: first() }, { requestPolicy: 'network-only' }).toPromise()
    setMoving(undefined)
    setProblem(refused)
  }
  const listed = (kind: Kind) =>
    createMemo(() => {
      const nodes = query.data()?.[kind]?.nodes ?? []
      // A job that starts leaves the list before the list is asked for again.
      return applyMove(
        nodes.filter(({ state }) => state === 'QUEUED'),
        moving(),
      )
    })
  const lists = { gpus: listed('gpus'), slots: listed('slots') }
  const isCut = () => {
    const data = query.data()
    return (data?.gpus?.pageInfo.hasNextPage || data?.slots?.pageInfo.hasNextPage) === true
  }
  return {
    known: () => query.data() !== undefined,
    error: () => query.error() ?? machines.error(),
    jobs: (kind) => lists[kind](),
    accounts: () => query.data()?.accounts ?? [],
    gpus: () => machines.data()?.gpus?.nodes ?? [],
    isCut,
    hasMore: () => isCut() && first() < MOST,
    showMore: () => setFirst((shown) => Math.min(MOST, shown + FIRST)),
    move,
    moving,
    problem,
  }
}
