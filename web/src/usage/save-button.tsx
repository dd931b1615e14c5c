import { saveCsv } from './csv.ts'
import styles from './panels.module.css'
import { words } from './words.ts'

/** Saves what is shown as a file, at once. */
export function SaveButton(props: { label: string; name: string; text: () => string }) {
  return (
    <button
      type="button"
      class={`button ${styles.save}`}
      aria-label={props.label}
      title={props.label}
      onClick={() => saveCsv(`${props.name}.csv`, props.text())}
    >
      <span aria-hidden="true">↓</span>
      {words.save}
    </button>
  )
}
