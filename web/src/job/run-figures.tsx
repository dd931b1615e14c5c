import { For } from 'solid-js'
import type { AttemptFragment } from '../generated/documents.ts'
import { figuresOf } from './figures.ts'
import styles from './run-figures.module.css'
import { words } from './words.ts'

/** What the GPUs of a run that has ended did, in figures. */
export function RunFigures(props: { metrics: NonNullable<AttemptFragment['metrics']> }) {
  return (
    <dl class={styles.figures} aria-label={words.figures.title}>
      <For each={figuresOf(props.metrics)}>
        {(figure) => (
          <div class={styles.figure}>
            <dt>{figure.label}</dt>
            <dd>
              {figure.value}
              {figure.more && <span class="muted">, {figure.more}</span>}
            </dd>
          </div>
        )}
      </For>
    </dl>
  )
}
