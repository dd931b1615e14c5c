import { onMount } from 'solid-js'
import { tableWords } from './table-words.ts'
import styles from './views-bar.module.css'

/** Asks for the name of a view. */
export default function SaveView(props: { onSave: (name: string) => void; onCancel: () => void }) {
  let field: HTMLInputElement | undefined
  onMount(() => field?.focus())
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    const name = field?.value.trim() ?? ''
    if (name) props.onSave(name)
    else field?.setCustomValidity(tableWords.views.needed)
    field?.reportValidity()
  }
  return (
    <form class={styles.naming} onSubmit={save}>
      <input
        ref={field}
        class="input"
        aria-label={tableWords.views.name}
        placeholder={tableWords.views.name}
        maxLength={60}
        onInput={(event) => event.currentTarget.setCustomValidity('')}
        onKeyDown={(event) => event.key === 'Escape' && props.onCancel()}
      />
      <button type="submit" class="button primary">
        {tableWords.views.keep}
      </button>
      <button type="button" class="button quiet" onClick={() => props.onCancel()}>
        {tableWords.views.cancel}
      </button>
    </form>
  )
}
