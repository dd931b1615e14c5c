import { useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { Choices } from '../shared/choices.tsx'
import { mayOperate } from '../shared/roles.ts'
import { sayError } from '../shared/say-error.ts'
import { useSearchParam } from '../shared/search.ts'
import { setTitle } from '../shared/title.ts'
import { FailuresTable } from './failures-table.tsx'
import { createFleet, MOST } from './fleet.ts'
import { FleetSummary } from './fleet-summary.tsx'
import { GpuCards } from './gpu-cards.tsx'
import styles from './gpus-page.module.css'
import { type Counts, countGpus, PLACES, type Place, placeFromAddress } from './standing.ts'
import { words } from './words.ts'
import { WorkersTable } from './workers-table.tsx'

/** The GPUs with what they do, those that end runs, and the workers that have them. */
export default function GpusPage() {
  setTitle(() => words.title)
  const fleet = createFleet()
  const asked = useSearchParam('show')
  const place = createMemo(() => placeFromAddress(asked()))
  const counts = createMemo(() => countGpus(fleet.gpus()))

  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
        <Show when={counts().all > 0}>
          <PlaceFilter place={place()} counts={counts()} />
        </Show>
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
            <Show when={counts().all > 0} fallback={<NoGpus />}>
              <FleetSummary counts={counts()} gpus={fleet.gpus()} telemetry={fleet.telemetry} />
              <GpuCards fleet={fleet} place={place()} />
              <Show when={data().gpus?.pageInfo.hasNextPage}>
                <p class="muted">{words.more(MOST)}</p>
              </Show>
              <FailuresTable />
            </Show>
            <WorkersTable workers={data().workers?.nodes ?? []} gpus={fleet.gpus()} operable={mayOperate()} />
          </>
        )}
      </Show>
    </>
  )
}

/** Which GPUs are shown, with how many there are of each kind. The choice lives in the address. */
function PlaceFilter(props: { place: Place | undefined; counts: Counts }) {
  const [, setSearch] = useSearchParams()
  return (
    <Choices
      label={words.filter}
      options={['all', ...PLACES]}
      chosen={props.place ?? 'all'}
      say={(each) => words.counted(each === 'all' ? words.all : words.places[each], props.counts[each])}
      onChoose={(each) => setSearch({ show: each === 'all' ? undefined : each }, { replace: true })}
    />
  )
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
