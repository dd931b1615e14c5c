import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, onCleanup, onMount, Show, untrack } from 'solid-js'
import { Choices } from '../shared/choices.tsx'
import { Later } from '../shared/later.tsx'
import { useSearchParam } from '../shared/search.ts'
import type { Fleet } from './fleet.ts'
import { type FleetFilter, inOrder, isShown } from './fleet-filter.ts'
import { GpuCards } from './gpu-cards.tsx'
import styles from './gpus-page.module.css'
import heatmapStyles from './heatmap.module.css'
import { Heatmap } from './heatmap.tsx'
import { METERS, meterFromAddress } from './meters.ts'
import type { Place } from './standing.ts'
import { words } from './words.ts'

/** GPUs that are sorted by a figure change places this often, in milliseconds. */
const SORT_MS = 5000

/** The GPUs that the filter leaves, as a picture and as cards; `onShown` is called when both are there. */
export function FilteredGpus(props: { fleet: Fleet; filter: FleetFilter; onShown: () => void }) {
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
    <Show when={here().length > 0} fallback={<NothingHere place={props.filter.place} onShown={props.onShown} />}>
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
      <Later>
        <GpuCards gpus={sorted()} telemetry={props.fleet.telemetry} choice={JSON.stringify(props.filter)} />
        <Told to={props.onShown} />
      </Later>
    </Show>
  )
}

/** Says that what is above it is there. */
function Told(props: { to: () => void }) {
  onMount(() => props.to())
  return null
}

function NothingHere(props: { place: Place | undefined; onShown: () => void }) {
  const [, setSearch] = useSearchParams()
  const all = { show: undefined, model: undefined, worker: undefined, holder: undefined }
  return (
    <div class={`panel ${styles.nothing}`}>
      <p class="muted">{props.place ? noneHere(props.place) : words.nothingMatches}</p>
      <button type="button" class="button" onClick={() => setSearch(all, { replace: true })}>
        {words.showAll}
      </button>
      <Told to={props.onShown} />
    </div>
  )
}

function noneHere(place: Place): string {
  return words.noneHere[place]
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index])
}
