import { For } from 'solid-js'
import styles from './choices.module.css'

/** A row of choices of which one is on, or several where `chosen` holds them. */
export function Choices<Option extends string>(props: {
  label: string
  options: readonly Option[]
  chosen: Option | readonly Option[]
  say: (option: Option) => string
  onChoose: (option: Option) => void
}) {
  const on = (option: Option) =>
    typeof props.chosen === 'string' ? props.chosen === option : props.chosen.includes(option)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row by every browser
    <div class={styles.choices} role="group" aria-label={props.label}>
      <For each={props.options}>
        {(option) => (
          <button type="button" class={styles.choice} aria-pressed={on(option)} onClick={() => props.onChoose(option)}>
            {props.say(option)}
          </button>
        )}
      </For>
    </div>
  )
}
