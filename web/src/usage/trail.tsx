import { A, useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { useAddress } from './address.ts'
import { type Asked, FILTERS, type Filter } from './asked.ts'
import styles from './trail.module.css'
import { seesOthers } from './who.ts'
import { words } from './words.ts'

/** What is counted, from all to the narrowest. Each step can be taken back. */
export function Trail(props: { asked: Asked }) {
  const { goTo } = useAddress()
  const filters = () => FILTERS.filter((name) => props.asked.filter[name] !== undefined)
  const all = () => (seesOthers() ? words.trail.all : words.trail.own)
  const clear = () => goTo({ account: undefined, user: undefined, model: undefined, by: undefined })
  return (
    <nav class={styles.trail} aria-label={words.trail.label}>
      <Show when={filters().length > 0} fallback={<span>{all()}</span>}>
        <button type="button" class={styles.step} onClick={clear}>
          {all()}
        </button>
        <For each={filters()}>{(name) => <Step kind={name} name={props.asked.filter[name] ?? ''} />}</For>
        <A class={styles.jobs} href={`/jobs?${new URLSearchParams({ ...props.asked.filter })}`}>
          {words.trail.jobs}
        </A>
      </Show>
    </nav>
  )
}

function Step(props: { kind: Filter; name: string }) {
  const [, setSearch] = useSearchParams()
  const kind = () => words.trail.filters[props.kind]
  return (
    <>
      <span aria-hidden="true">›</span>
      <span class={styles.filter}>
        <span>
          {kind()} <b>{props.name}</b>
        </span>
        <button
          type="button"
          class={styles.remove}
          aria-label={words.trail.remove(kind(), props.name)}
          onClick={() => setSearch({ [props.kind]: undefined, by: props.kind })}
        >
          <span aria-hidden="true">✕</span>
        </button>
      </span>
    </>
  )
}
