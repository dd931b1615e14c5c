import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { JobFilter, JobState } from '../generated/documents.ts'
import { Choices } from '../shared/choices.tsx'
import { JOB_STATES, statesToAddress } from './filter.ts'
import styles from './filters.module.css'
import { words } from './words.ts'

/** After the last key, before the list is asked for, in milliseconds. */
const TYPING_MS = 250

/** Chooses jobs by state, of which several may be on, and by name. What is chosen lives in the address. */
export function Filters(props: {
  filter: JobFilter
  onStates: (states: string | undefined) => void
  onName: (name: string) => void
  onAnyArray: () => void
}) {
  const choose = (option: JobState | 'ANY') => {
    const chosen = props.filter.states ?? []
    if (option === 'ANY') props.onStates(undefined)
    else if (chosen.includes(option)) props.onStates(statesToAddress(chosen.filter((each) => each !== option)))
    else props.onStates(statesToAddress([...chosen, option]))
  }
  return (
    <div class={styles.filters}>
      <Choices
        label={words.filterState}
        options={['ANY', ...JOB_STATES]}
        chosen={props.filter.states ?? ['ANY']}
        say={(option) => (option === 'ANY' ? words.anyState : words.state[option])}
        onChoose={choose}
      />
      <Show when={props.filter.array}>
        <button type="button" class="button" title={words.anyArray} onClick={() => props.onAnyArray()}>
          {words.oneArray} <span aria-hidden="true">✕</span>
        </button>
      </Show>
      <NameFilter name={props.filter.name ?? ''} onName={props.onName} />
    </div>
  )
}

function NameFilter(props: { name: string; onName: (name: string) => void }) {
  const [typed, setTyped] = createSignal(props.name)
  createEffect(on(() => props.name, setTyped, { defer: true }))
  createEffect(
    on(
      typed,
      (name) => {
        if (name.trim() === props.name) return
        const timer = setTimeout(() => props.onName(name.trim()), TYPING_MS)
        onCleanup(() => clearTimeout(timer))
      },
      { defer: true },
    ),
  )
  return (
    <input
      type="search"
      class={`input ${styles.name}`}
      aria-label={words.search}
      placeholder={words.searchHint}
      value={typed()}
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
