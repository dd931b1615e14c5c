import { For, Show } from 'solid-js'
import type { RunCountsFragment } from '../generated/documents.ts'
import { sayWhole } from '../shared/language.ts'
import styles from './run-counts.module.css'
import { words } from './words.ts'

/** Those that are the GPU's or its host's doing come first. */
const ORDER = ['gpuFailed', 'lost', 'failed', 'completed', 'cancelled', 'preempted'] as const

/** How the runs of a GPU ended: each kind of end with its part of all as a bar. */
export function RunCounts(props: { counts: RunCountsFragment }) {
  const all = () => ORDER.reduce((sum, end) => sum + props.counts[end], 0)
  return (
    <section class="panel" aria-labelledby="counts">
      <h2 id="counts" class="panel-title">
        {words.counts.title}
      </h2>
      <Show when={all() > 0} fallback={<p class="muted panel-none">{words.counts.none}</p>}>
        <dl class={styles.counts}>
          <For each={ORDER.filter((end) => props.counts[end] > 0)}>
            {(end) => (
              <div class={styles.count} data-end={end} style={{ '--share': `${(props.counts[end] / all()) * 100}%` }}>
                <dt>{words.counts.of[end]}</dt>
                <dd class="number">{sayWhole(props.counts[end])}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </section>
  )
}
