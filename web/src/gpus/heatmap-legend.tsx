import { For } from 'solid-js'
import { GRADIENT } from './heat-scale.ts'
import styles from './heatmap.module.css'
import type { MeterName } from './meters.ts'
import { gpusShortcuts } from './shortcuts.ts'
import { words } from './words.ts'

const SHAPES = ['whole', 'slice', 'unmeasured', 'out', 'bad', 'idle'] as const

/** What the colours and the shapes of the heatmap mean, and its keys. */
export function HeatmapLegend(props: { metric: MeterName }) {
  const ends = () => words.heatmap.ends[props.metric]
  return (
    <div class={styles.legend}>
      <p class={styles.scale}>
        <span>{ends()[0]}</span>
        <span class={styles.bar} style={{ background: GRADIENT }} aria-hidden="true" />
        <span>{ends()[1]}</span>
      </p>
      <ul class={styles.shapes}>
        <For each={SHAPES}>
          {(shape) => (
            <li>
              <span class={styles.shape} data-shape={shape} aria-hidden="true" />
              {words.heatmap.shapes[shape]}
            </li>
          )}
        </For>
      </ul>
      <p id="heatmap-keys" class="hidden">
        {gpusShortcuts.map(({ keys, text }) => `${keys}: ${text}`).join('. ')}
      </p>
    </div>
  )
}
