// The choosing of jobs on the page: what is chosen, and the bar that does something to it.
import { type Accessor, createEffect, createSignal, lazy, on, Show, Suspense, untrack } from 'solid-js'
import { useGraph } from '../shared/graph.ts'
import { maySubmit } from '../shared/roles.ts'
import type { ListedJob } from './job-list.ts'
import { add, allChosen, type Named, NOTHING, reach, toggle, toggleAll } from './selection.ts'
import type { Wanted } from './wanted.ts'

const BulkBar = lazy(() => import('./bulk-bar.tsx'))

interface Of {
  rows: Accessor<readonly Accessor<ListedJob>[]>
  wanted: Accessor<Wanted>
  /** Whether more jobs match than there are rows. */
  hasMore: Accessor<boolean>
}

/** What is chosen, until other jobs are asked for. */
export function createChoosing({ rows, wanted, hasMore }: Of) {
  const graph = useGraph()
  const [selection, setSelection] = createSignal(NOTHING)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string>()
  const clear = () => {
    setSelection(NOTHING)
    setProblem(undefined)
  }
  createEffect(on(wanted, clear, { defer: true }))

  /** Their ids stay what they are, and names are read when something is chosen. */
  const listed = (): Named[] => rows().map((row) => untrack(row))
  const some = () => selection().chosen.size > 0
  const all = () => allChosen(selection(), listed())
  const choose = (job: Named, toHere: boolean) =>
    setSelection((now) => (toHere ? reach(now, listed(), job) : toggle(now, job)))
  const chooseId = (id: string, toHere: boolean) => {
    // For whom may do nothing to them there is nothing to choose them for.
    const job = maySubmit() ? listed().find((each) => each.id === id) : undefined
    if (job) choose(job, toHere)
  }
  const chooseMatching = async () => {
    setBusy(true)
    const of = wanted()
    const { findMatching, problemOf } = await import('./choose-matching.ts')
    const found = await findMatching(graph, of)
    setBusy(false)
    if (of !== wanted()) return
    setProblem(problemOf(found))
    if (found) setSelection((now) => add(now, found.jobs))
  }

  return {
    some,
    clear,
    chooseId,
    chooseMatching,
    chosen: () => selection().chosen,
    canChooseMore: () => hasMore() && all() && selection().chosen.size === rows().length,
    busy,
    problem,
    /** What the table needs of it. */
    table: {
      isChosen: (id: string) => selection().chosen.has(id),
      get all() {
        return all()
      },
      get some() {
        return some()
      },
      onChoose: choose,
      onChooseAll: () => setSelection((now) => toggleAll(now, listed())),
    },
  }
}

/** The bar, while jobs are chosen. `matching` is how many match, as far as they were counted. */
export function Choosing(props: {
  choosing: ReturnType<typeof createChoosing>
  matching: number
  onMade: (ids: readonly string[]) => void
}) {
  return (
    <Show when={props.choosing.some()}>
      <Suspense>
        <BulkBar
          chosen={props.choosing.chosen()}
          matching={props.choosing.canChooseMore() ? props.matching : undefined}
          busy={props.choosing.busy()}
          problem={props.choosing.problem()}
          onChooseMatching={() => void props.choosing.chooseMatching()}
          onClear={props.choosing.clear}
          onMade={props.onMade}
        />
      </Suspense>
    </Show>
  )
}
