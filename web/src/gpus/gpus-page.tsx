import { createEffect, For, Show } from 'solid-js'
import { FleetDocument, type GpuCardFragment, JobsTickDocument } from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription, refreshByLink } from '../shared/live.ts'
import { createRows } from '../shared/rows.ts'
import { sayError } from '../shared/say-error.ts'
import { createSoon } from '../shared/soon.ts'
import { setTitle } from '../shared/title.ts'
import { GpuCard } from './gpu-card.tsx'
import styles from './gpus-page.module.css'
import { createTelemetry } from './telemetry.ts'
import { words } from './words.ts'
import { WorkersTable } from './workers-table.tsx'

/** How many GPUs and workers are asked for. */
const MOST = 100

/** Workers come and go without an event: ask this often, in milliseconds. */
const ROUND_MS = 10_000

/** Changes of jobs within this many milliseconds lead to one question. */
const SOON_MS = 300

/** The GPUs with what they do, and the workers that have them. */
export default function GpusPage() {
  setTitle(() => words.title)
  const graph = useGraph()
  const query = createLiveQuery(FleetDocument, () => ({ first: MOST }))
  const telemetry = createTelemetry()
  const refreshSoon = createSoon(query.refresh, SOON_MS, ROUND_MS)
  createSubscription(JobsTickDocument, () => ({}), refreshSoon)
  refreshByLink(graph, query.refresh)

  const cards = createRows<GpuCardFragment>()
  const gpus = () => query.data()?.gpus?.nodes ?? []
  const busy = () => gpus().filter((gpu) => gpu.currentRun !== null).length
  createEffect(() => {
    cards.show(gpus())
    for (const gpu of gpus()) if (gpu.lastSample) telemetry.enter(gpu.lastSample)
  })

  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
        <Show when={gpus().length > 0}>
          <span class="muted">{words.summary(busy(), gpus().length)}</span>
        </Show>
      </div>
      <Show when={query.error()}>
        {(error) => (
          <p class={`notice bad ${styles.error}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <Show when={query.data()} fallback={<p class={styles.loading}>{query.error() ? '' : words.loading}</p>}>
        {(data) => (
          <>
            <Show when={gpus().length > 0} fallback={<NoGpus />}>
              <ul class={styles.cards}>
                <For each={cards.rows()}>{(gpu) => <GpuCard gpu={gpu()} samples={telemetry.of(gpu().id)} />}</For>
              </ul>
              <Show when={data().gpus?.pageInfo.hasNextPage}>
                <p class="muted">{words.more(MOST)}</p>
              </Show>
            </Show>
            <WorkersTable workers={data().workers?.nodes ?? []} />
          </>
        )}
      </Show>
    </>
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
