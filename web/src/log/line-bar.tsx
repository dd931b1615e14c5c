import { createSignal, onMount, Show } from 'solid-js'
import styles from './line-bar.module.css'
import { lineOfText } from './place.ts'
import { words } from './words.ts'

/** The field for the number of the line to go to. */
export function LineBar(props: {
  /** How many lines the log has. */
  total: number
  /** Counted from 0. */
  onGo: (line: number) => void
  onClose: () => void
}) {
  const [wrong, setWrong] = createSignal(false)
  let field: HTMLInputElement | undefined
  onMount(() => field?.focus())
  const go = (event: SubmitEvent) => {
    event.preventDefault()
    const line = lineOfText(field?.value ?? '', props.total)
    setWrong(line === undefined)
    if (line !== undefined) props.onGo(line)
  }
  return (
    <form class={styles.bar} onSubmit={go}>
      <label class={styles.label}>
        {words.toLine.label}
        <input
          ref={(element) => {
            field = element
          }}
          class={styles.field}
          inputMode="numeric"
          maxLength={12}
          autocomplete="off"
          placeholder={words.toLine.placeholder(props.total)}
          aria-invalid={wrong()}
          onInput={() => setWrong(false)}
        />
      </label>
      <button type="submit" class="button">
        {words.toLine.go}
      </button>
      <Show when={wrong()}>
        <span class={styles.wrong} role="alert">
          {words.toLine.wrong}
        </span>
      </Show>
      <button type="button" class={styles.close} aria-label={words.toLine.close} onClick={() => props.onClose()}>
        ✕
      </button>
    </form>
  )
}
