import { createSignal, Show } from 'solid-js'
import { sayWhole } from '../shared/language.ts'
import type { LineRange } from './place.ts'
import styles from './range-bar.module.css'
import { words } from './words.ts'

/** What can be done with chosen lines. */
export function RangeBar(props: {
  range: LineRange
  textOf: (range: LineRange) => Promise<string>
  onClear: () => void
}) {
  const [said, setSaid] = createSignal('')
  const copy = async (text: string | Promise<string>) => {
    setSaid('')
    try {
      await navigator.clipboard.writeText(await text)
      setSaid(words.range.copied)
    } catch {
      setSaid(words.range.copyFailed)
    }
  }
  const name = () => {
    const { from, to } = props.range
    return from === to ? words.range.one(sayWhole(from + 1)) : words.range.many(sayWhole(from + 1), sayWhole(to + 1))
  }
  return (
    <div class={styles.bar}>
      <span>{name()}</span>
      <button type="button" class={styles.action} onClick={() => void copy(location.href)}>
        {words.range.copyLink}
      </button>
      <button type="button" class={styles.action} onClick={() => void copy(props.textOf(props.range))}>
        {words.range.copyText}
      </button>
      <button type="button" class={styles.action} onClick={() => props.onClear()}>
        {words.range.clear}
      </button>
      <Show when={said()}>
        <span role="status">{said()}</span>
      </Show>
    </div>
  )
}
