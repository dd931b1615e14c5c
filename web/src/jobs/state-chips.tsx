import { For } from 'solid-js'
import type { JobState } from '../generated/documents.ts'
import styles from './state-chips.module.css'
import { tableWords } from './table-words.ts'
import { JOB_STATES } from './wanted.ts'
import { words } from './words.ts'

/** The states, each with how many jobs are in it; several may be on, and all are where none is. */
export function StateChips(props: {
  on: readonly JobState[]
  counts: ReadonlyMap<JobState, number>
  onStates: (states: readonly JobState[]) => void
}) {
  const toggle = (state: JobState) =>
    props.onStates(props.on.includes(state) ? props.on.filter((each) => each !== state) : [...props.on, state])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row by every browser
    <div class={styles.chips} role="group" aria-label={words.filterState}>
      <button type="button" class={styles.chip} aria-pressed={props.on.length === 0} onClick={() => props.onStates([])}>
        {words.anyState}
      </button>
      <For each={JOB_STATES}>
        {(state) => (
          <button
            type="button"
            class={styles.chip}
            data-state={state}
            aria-pressed={props.on.includes(state)}
            onClick={() => toggle(state)}
          >
            <span class={styles.dot} />
            {words.state[state]} <span class={styles.count}>{said(props.counts.get(state))}</span>
          </button>
        )}
      </For>
    </div>
  )
}

function said(count: number | undefined): string {
  return count === undefined ? '' : tableWords.count(count)
}
