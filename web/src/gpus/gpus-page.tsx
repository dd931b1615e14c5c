import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, lazy, onCleanup, Show, Suspense, untrack } from 'solid-js'
import type { FleetQuery } from '../generated/documents.ts'
import { Choices } from '../shared/choices.tsx'
import { mayOperate } from '../shared/roles.ts'
import { sayError } from '../shared/say-error.ts'
import { useSearchParam } from '../shared/search.ts'
import { setTitle } from '../shared/title.ts'
import { createFleet, type Fleet, MOST } from './fleet.ts'
import { choicesOf, type FleetFilter, filterFromAddress, inOrder, isShown } from './fleet-filter.ts'
import { FleetFilters } from './fleet-filters.tsx'
import { FleetSummary } from './fleet-summary.tsx'
import { GpuCards } from './gpu-cards.tsx'
import styles from './gpus-page.module.css'
import heatmapStyles from './heatmap.module.css'
import { Heatmap } from './heatmap.tsx'
import { IdleTable } from './idle-table.tsx'
import { METERS, meterFromAddress } from './meters.ts'
import { countGpus, type Place } from './standing.ts'
import { words } from './words.ts'
import { WorkersTable } from './workers-table.tsx'

const FleetHistory = lazy(() => import('./fleet-history.tsx'))

/** GPUs that are sorted by a figure change places this often, in milliseconds. */
const SORT_MS = 5000

/** The GPUs with what they do, who leaves them idle, what goes wrong with them, and the workers that have them. */
export default function GpusPage() {
  setTitle(() => words.title)
  const after = useSearchParam('after')
  const fleet = createFleet(after)
  const filter = useFilter()
  const counts = createMemo(() =>
    countGpus(fleet.gpus().filter((gpu) => isShown(gpu, { ...filter(), place: undefined }))),
  )
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
              <Gpus fleet={fleet} filter={filter()} />
              <Pages next={fleet.next()} after={after()} />
              <IdleTable gpus={fleet.gpus()} />
              <Suspense>
                <FleetHistory after={after() ?? null} />
              </Suspense>
            </Show>
            <Workers data={data()} fleet={fleet} />
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

/** The GPUs that the filter leaves, as a picture and as cards. */
function Gpus(props: { fleet: Fleet; filter: FleetFilter }) {
  const [, setSearch] = useSearchParams()
  const asked = useSearchParam('metric')
  const metric = createMemo(() => meterFromAddress(asked()))
  const setMetric = (name: string) =>
    setSearch({ metric: name === 'utilisation' ? undefined : name }, { replace: true })
  const [turn, setTurn] = createSignal(0)
  const timer = setInterval(() => props.filter.order === 'place' || setTurn((number) => number + 1), SORT_MS)
  onCleanup(() => clearInterval(timer))

  const here = createMemo(() => props.fleet.rows().filter((gpu) => isShown(gpu(), props.filter)), [], {
    equals: sameItems,
  })
  const shown = createMemo(() => here().map((gpu) => gpu()))
  const sorted = createMemo(() => {
    turn()
    const { ring } = props.fleet.telemetry
    return inOrder(here(), props.filter.order, (gpu) => ring(untrack(gpu).id))
  })
  return (
    <Show when={here().length > 0} fallback={<NothingHere place={props.filter.place} />}>
      <section class={`panel ${heatmapStyles.panel}`} aria-labelledby="fleet">
        <div class={heatmapStyles.head}>
          <h2 id="fleet">{words.heatmap.title}</h2>
          <Choices
            label={words.heatmap.metric}
            options={METERS}
            chosen={metric()}
            say={(each) => words.meters[each]}
            onChoose={setMetric}
          />
        </div>
        <Heatmap gpus={shown()} telemetry={props.fleet.telemetry} metric={metric()} onMetric={setMetric} />
      </section>
      <GpuCards gpus={sorted()} telemetry={props.fleet.telemetry} choice={JSON.stringify(props.filter)} />
    </Show>
  )
}

function NothingHere(props: { place: Place | undefined }) {
  const [, setSearch] = useSearchParams()
  const all = { show: undefined, model: undefined, worker: undefined, holder: undefined }
  return (
    <div class={`panel ${styles.nothing}`}>
      <p class="muted">{props.place ? noneHere(props.place) : words.nothingMatches}</p>
      <button type="button" class="button" onClick={() => setSearch(all, { replace: true })}>
        {words.showAll}
      </button>
    </div>
  )
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

function noneHere(place: Place): string {
  return words.noneHere[place]
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index])
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
