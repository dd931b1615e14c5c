// The jobs of an array as cells: which state each is in, by its place.
import type { Accessor } from 'solid-js'
import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import { ArrayCellsDocument, ArrayChangedDocument, type JobState } from '../generated/documents.ts'
import { type Graph, useGraph } from '../shared/graph.ts'
import { createSubscription, refreshByLink } from '../shared/live.ts'
import { createSoon } from '../shared/soon.ts'

/** As many as the server gives at a time. */
const PAGE = 500

/** Changes within this many milliseconds are drawn at once. */
const SOON_MS = 100

interface Cell {
  id: string
  state: JobState
  version: number
}

/** By place, from 0; a place that is not known (yet) is a hole. */
export type Cells = readonly (Cell | undefined)[]

/** Follows the array of this id and size. Nothing is known before the first page. */
export function createArrayCells(id: Accessor<string>, size: Accessor<number>): Accessor<Cells> {
  const graph = useGraph()
  const [cells, setCells] = createSignal<Cells>([])
  let held = new Map<string, { index: number; cell: Cell }>()
  const show = () => setCells(inPlaces(size(), held.values()))
  const showSoon = createSoon(show, SOON_MS)

  const enter = (index: number, cell: Cell) => {
    const known = held.get(cell.id)
    if (!known || known.cell.version <= cell.version) held.set(cell.id, { index, cell })
  }
  const load = createLoading(graph, id, enter, show)

  createEffect(
    on(id, () => {
      held = new Map()
      show()
      load()
    }),
  )
  createSubscription(
    ArrayChangedDocument,
    () => ({ array: id() }),
    (data) => {
      const known = data && held.get(data.jobsChanged.id)
      if (!data || !known) return
      enter(known.index, data.jobsChanged)
      showSoon()
    },
  )
  refreshByLink(graph, load)
  return cells
}

/** A function that reads all pages anew; what a reading before it has still to bring is dropped. */
function createLoading(
  { uncached }: Graph,
  id: Accessor<string>,
  enter: (index: number, cell: Cell) => void,
  onPage: () => void,
): () => void {
  let turn = 0
  onCleanup(() => turn++)
  return async () => {
    const mine = ++turn
    let after: string | null = null
    do {
      const variables: { array: string; first: number; after: string | null } = { array: id(), first: PAGE, after }
      const answer = await uncached.query(ArrayCellsDocument, variables).toPromise()
      if (mine !== turn || !answer.data?.jobs) return
      const { nodes, pageInfo } = answer.data.jobs
      for (const { array, ...cell } of nodes) if (array) enter(array.index, cell)
      onPage()
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after !== null)
  }
}

function inPlaces(size: number, held: Iterable<{ index: number; cell: Cell }>): (Cell | undefined)[] {
  const cells = new Array<Cell | undefined>(size).fill(undefined)
  for (const { index, cell } of held) cells[index] = cell
  return cells
}
