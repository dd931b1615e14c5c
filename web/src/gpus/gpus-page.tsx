import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, lazy, Show, Suspense } from 'solid-js'
import type { FleetQuery } from '../generated/documents.ts'
import { inOwnTask } from '../shared/in-turn.ts'
import { Later } from '../shared/later.tsx'
import { mayOperate } from '../shared/roles.ts'
import { sayError } from '../shared/say-error.ts'
import { useSearchParam } from '../shared/search.ts'
import { setTitle } from '../shared/title.ts'
import { FilteredGpus } from './filtered-gpus.tsx'
import { createFleet, type Fleet, MOST } from './fleet.ts'
import { choicesOf, type FleetFilter, filterFromAddress, isShown } from './fleet-filter.ts'
import { FleetFilters } from './fleet-filters.tsx'
import { FleetSummary } from './fleet-summary.tsx'
import styles from './gpus-page.module.css'
import { IdleTable } from './idle-table.tsx'
import { countGpus } from './standing.ts'
import { words } from './words.ts'
import { WorkersTable } from './workers-table.tsx'

const FleetHistory = lazy(() => import('./fleet-history.tsx').then(inOwnTask))

/** The GPUs with what they do, who leaves them idle, what goes wrong with them, and the workers that have them. */
export default function GpusPage() {
  setTitle(() => words.title)
  const after = useSearchParam('after')
  const fleet = createFleet(after)
  const filter = useFilter()
  const counts = createMemo(() =>
    countGpus(fleet.gpus().filter((gpu) => isShown(gpu, { ...filter(), place: undefined }))),
  )
  // What is below the GPUs would move if it were there before them.
  const [areThere, setThere] = createSignal(false)
  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
      </div>
      <Show when={fleet.error()}>
        {(error) => (
          <p class={`notice bad ${styles.error}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <Show when={fleet.data()} fallback={<p class={styles.loading}>{fleet.error() ? '' : words.loading}</p>}>
        {(data) => (
          <>
            <Show when={fleet.gpus().length > 0} fallback={<NoGpus />}>
              <FleetSummary counts={countGpus(fleet.gpus())} gpus={fleet.gpus()} telemetry={fleet.telemetry} />
              <FleetFilters filter={filter()} choices={choicesOf(fleet.gpus())} counts={counts()} />
              <FilteredGpus fleet={fleet} filter={filter()} onShown={() => setThere(true)} />
              <Later>
                <Pages next={fleet.next()} after={after()} />
                <IdleTable gpus={fleet.gpus()} />
              </Later>
            </Show>
            <Show when={areThere() || fleet.gpus().length === 0}>
              <Later>
                <Workers data={data()} fleet={fleet} />
              </Later>
              {/* It comes later than the rest, which would move if it were above. */}
              <Suspense>
                <Show when={fleet.gpus().length > 0}>
                  <FleetHistory after={after() ?? null} />
                </Show>
              </Suspense>
            </Show>
          </>
        )}
      </Show>
    </>
  )
}

function useFilter(): () => FleetFilter {
  const [search] = useSearchParams()
  const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
  return createMemo(() => filterFromAddress((name) => one(search[name])))
}

/** The way to the other pages of a fleet that is larger than one. */
function Pages(props: { next: string | undefined; after: string | undefined }) {
  const [, setSearch] = useSearchParams()
  return (
    <Show when={props.next || props.after}>
      <p class={styles.pages}>
        <span class="muted">{words.pages(MOST)}</span>
        <Show when={props.after}>
          <button type="button" class="button" onClick={() => setSearch({ after: undefined })}>
            {words.firstPage}
          </button>
        </Show>
        <Show when={props.next}>
          {(next) => (
            <button type="button" class="button" onClick={() => setSearch({ after: next() })}>
              {words.nextPage(MOST)}
            </button>
          )}
        </Show>
      </p>
    </Show>
  )
}

function Workers(props: { data: FleetQuery; fleet: Fleet }) {
  return <WorkersTable workers={props.data.workers?.nodes ?? []} gpus={props.fleet.gpus()} operable={mayOperate()} />
}

function NoGpus() {
  return (
    <section class={`panel ${styles.none}`}>
      <h2>{words.none.title}</h2>
      <p class="muted">{words.none.text}</p>
      <p class="muted">{words.none.hint}</p>
      <code class={styles.command}>{words.none.command}</code>
    </section>
  )
}
