import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import { sayError } from '../shared/say-error.ts'
import { useSearchParam } from '../shared/search.ts'
import { setTitle } from '../shared/title.ts'
import { Empty } from './empty.tsx'
import { filterFromAddress } from './filter.ts'
import { Filters } from './filters.tsx'
import { createJobList } from './job-list.ts'
import styles from './jobs-page.module.css'
import { JobsTable } from './jobs-table.tsx'
import { words } from './words.ts'

/** The live list grows by this many rows at a time. */
const STEP = 50

/** At this many rows the list is long enough to follow: what is older is leafed through. */
const LONGEST_LIVE = 200

/** The jobs that one may see, live. */
export default function JobsPage() {
  setTitle(() => words.title)
  const [, setSearch] = useSearchParams()
  const state = useSearchParam('state')
  const name = useSearchParam('name')
  const array = useSearchParam('array')
  const after = useSearchParam('after')
  const [grown, setGrown] = createSignal(STEP)
  const filter = createMemo(() => filterFromAddress(state(), name(), array()))
  const list = createJobList(() => ({ filter: filter(), first: after() ? STEP : grown(), after: after() }))

  const filtered = () => Object.keys(filter()).length > 0
  const live = () => !after() && grown() < LONGEST_LIVE
  const more = () => {
    if (live()) setGrown(grown() + STEP)
    else setSearch({ after: list.pageInfo()?.endCursor ?? undefined }, { scroll: true })
  }

  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
        <Filters
          filter={filter()}
          onStates={(state) => setSearch({ state, after: undefined })}
          onName={(name) => setSearch({ name: name || undefined, after: undefined }, { replace: true })}
          onAnyArray={() => setSearch({ array: undefined, after: undefined })}
        />
      </div>
      <Show when={list.error()}>
        {(error) => (
          <p class={`notice bad ${styles.error}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <section class="panel" aria-label={words.title} aria-busy={list.loading()}>
        <Show when={list.rows().length > 0} fallback={<Nothing />}>
          <JobsTable rows={list.rows()} />
        </Show>
      </section>
      <div class={styles.foot}>
        <Show when={after()}>
          <button type="button" class="button" onClick={() => setSearch({ after: undefined })}>
            {words.newest}
          </button>
        </Show>
        <Show when={list.pageInfo()?.hasNextPage}>
          <button type="button" class="button" onClick={more} disabled={list.loading()}>
            {live() ? words.loadMore : words.older}
          </button>
        </Show>
      </div>
    </>
  )

  function Nothing() {
    return (
      <Show when={list.pageInfo()} fallback={<p class={styles.loading}>{list.error() ? '' : words.loading}</p>}>
        <Empty
          filtered={filtered() || after() !== undefined}
          onClear={() => setSearch({ state: undefined, name: undefined, array: undefined, after: undefined })}
        />
      </Show>
    )
  }
}
