import styles from './panels.module.css'
import { saveText } from './save-text.ts'
import { words } from './words.ts'

/** Saves what is shown as a file, at once. */
export function SaveButton(props: { label: string; name: string; text: () => string }) {
  return (
    <button
      type="button"
      class={`button ${styles.save}`}
      aria-label={props.label}
      title={props.label}
      onClick={() => saveText(`${props.name}.csv`, props.text(), 'text/csv')}
    >
      <span aria-hidden="true">↓</span>
      {words.save}
    </button>
  )
}
