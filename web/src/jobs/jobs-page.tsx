import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, lazy, on, Show, Suspense, untrack } from 'solid-js'
import { now } from '../shared/clock.ts'
import { sayError } from '../shared/say-error.ts'
import { setTitle } from '../shared/title.ts'
import { Choosing, createChoosing } from './choosing.tsx'
import { createCounts } from './counts.ts'
import { Filters } from './filters.tsx'
import { createJobList } from './job-list.ts'
import styles from './jobs-page.module.css'
import { JobsTable } from './jobs-table.tsx'
import { SortChoice } from './sort-choice.tsx'
import { StateChips } from './state-chips.tsx'
import { createStillness } from './stillness.ts'
import { createTableKeys } from './table-keys.ts'
import { tableWords } from './table-words.ts'
import { sameView, viewPart } from './views.ts'
import { ViewsBar } from './views-bar.tsx'
import { type Address, FILTERS, JOB_STATES, orderToAddress, statesOf, statesToAddress, wantedOf } from './wanted.ts'
import { words } from './words.ts'

const Empty = lazy(() => import('./empty.tsx'))

/** The live list grows by this many rows at a time, and by more where it is long. */
const STEP = 50
const LONG_STEP = 200

/** At this many rows the list is long enough to follow, and the server lists no more at once: the rest is leafed through. */
const LONGEST_LIVE = 1000

/** The jobs that one may see, live. */
export default function JobsPage() {
  setTitle(() => words.title)
  const [search, setSearch] = useSearchParams()
  const address = createMemo((): Address => {
    const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
    return Object.fromEntries([...FILTERS, 'sort', 'after'].map((name) => [name, first(search[name])]))
  })
  const asked = createMemo(() => viewPart(address()), {}, { equals: sameView })
  const today = createMemo(() => new Date(now()).setHours(0, 0, 0, 0))
  // A page that is open overnight goes on to the next day.
  const wanted = createMemo(() => {
    if (asked().range) today()
    return wantedOf(asked(), Date.now())
  })
  const change = (changes: Address, typing = false) =>
    setSearch({ ...changes, after: undefined }, { replace: typing, scroll: false })

  const [grown, setGrown] = createSignal(STEP)
  createEffect(on(asked, () => setGrown(STEP), { defer: true }))
  const { counts, changed } = createCounts(wanted)
  const stillness = createStillness()
  const page = createMemo(() => ({
    ...wanted(),
    first: address().after ? STEP : grown(),
    after: address().after,
  }))
  const list = createJobList(page, () => stillness.still() || choosing.some(), changed)
  const choosing = createChoosing({ rows: list.rows, wanted, hasMore: () => list.pageInfo()?.hasNextPage === true })
  createTableKeys({ choose: choosing.chooseId, clear: choosing.clear })

  const filtered = () => FILTERS.some((name) => asked()[name]) || address().after !== undefined
  const live = () => !address().after && grown() < LONGEST_LIVE
  /** The server does not say which jobs there are: the notice of that stands alone. */
  const isUnknown = () => list.error() !== undefined && list.rows().length === 0 && !list.isEmpty()
  const more = () => {
    if (live()) setGrown(grown() + (grown() < LONG_STEP ? STEP : LONG_STEP))
    else setSearch({ after: list.pageInfo()?.endCursor ?? undefined }, { scroll: true })
  }
  const matching = () =>
    (wanted().filter.states ?? JOB_STATES).reduce((sum, state) => sum + (counts().get(state) ?? 0), 0)
  // No job ever changes these.
  const known = (of: 'account' | 'submittedBy') => [...new Set(list.rows().map((row) => untrack(row)[of]))].toSorted()

  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
        <ViewsBar address={asked()} />
      </div>
      <Filters address={asked()} accounts={known('account')} users={known('submittedBy')} onChange={change} />
      <div class={styles.states}>
        <StateChips
          on={statesOf(asked().state)}
          counts={counts()}
          onStates={(states) => change({ state: statesToAddress(states) })}
        />
        <SortChoice order={wanted().orderBy} onOrder={(order) => change({ sort: orderToAddress(order) })} />
      </div>
      <Show when={list.error()}>
        {(error) => (
          <p class={`notice bad ${styles.error}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <section
        class={`panel ${styles.panel}`}
        hidden={isUnknown()}
        aria-label={words.title}
        aria-busy={list.loading()}
        ref={stillness.watch}
      >
        <Show when={list.waiting() > 0}>
          <button type="button" class={styles.arrivals} title={tableWords.arrivalsTitle} onClick={list.letIn}>
            {tableWords.arrivals(list.waiting())}
          </button>
        </Show>
        <Show when={list.rows().length > 0} fallback={<Nothing />}>
          <JobsTable
            rows={list.rows()}
            order={wanted().orderBy}
            onOrder={(order) => change({ sort: orderToAddress(order) })}
            {...choosing.table}
          />
        </Show>
      </section>
      <div class={styles.foot}>
        <Show when={address().after}>
          <button type="button" class="button" onClick={() => setSearch({ after: undefined })}>
            {words.newest}
          </button>
        </Show>
        <Show when={list.pageInfo()?.hasNextPage}>
          <button type="button" class="button" onClick={more} disabled={list.changing()}>
            {live() ? words.loadMore : words.older}
          </button>
        </Show>
      </div>
      <Choosing choosing={choosing} matching={matching()} onMade={list.expectOwn} />
    </>
  )

  function Nothing() {
    return (
      <Show when={list.isEmpty()} fallback={<p class={styles.loading}>{words.loading}</p>}>
        <Suspense>
          <Empty
            filtered={filtered()}
            onClear={() => change(Object.fromEntries([...FILTERS, 'sort'].map((name) => [name, undefined])))}
          />
        </Suspense>
      </Show>
    )
  }
}
