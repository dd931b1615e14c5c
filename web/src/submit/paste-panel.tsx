import { createSignal, createUniqueId, Show } from 'solid-js'
import { formOfInput } from './form-of-input.ts'
import type { JobForm } from './job-form.ts'
import { readPasted } from './read-pasted.ts'
import styles from './submit-dialog.module.css'
import { words } from './words.ts'

/** Takes a whole job as YAML or JSON and hands over the form that it fills. */
export function PastePanel(props: { onForm: (form: JobForm) => void; onClose: () => void }) {
  const [text, setText] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  const id = createUniqueId()

  const take = async () => {
    // Few paste, and the reader weighs more than the form.
    const { parse } = await import('yaml')
    const read = readPasted(text(), parse)
    if ('problem' in read) return setProblem(read.problem)
    return props.onForm(formOfInput(read.input))
  }
  return (
    <div class="field">
      <label for={id}>{words.paste.label}</label>
      <textarea
        id={id}
        class="mono"
        rows="12"
        spellcheck={false}
        autofocus
        placeholder={words.paste.placeholder}
        aria-invalid={problem() !== undefined}
        aria-describedby={`${id}-problem`}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setProblem(undefined)
        }}
      />
      <p id={`${id}-problem`} class="problem" role="alert">
        <Show when={problem()}>{problem()}</Show>
      </p>
      <div class={styles.pasteActions}>
        <button type="button" class="button" onClick={() => props.onClose()}>
          {words.paste.close}
        </button>
        <button type="button" class="button primary" disabled={text().trim() === ''} onClick={() => void take()}>
          {words.paste.take}
        </button>
      </div>
    </div>
  )
}
