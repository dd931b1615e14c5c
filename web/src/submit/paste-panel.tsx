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
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    void take()
  }
  return (
    <form class={styles.form} onSubmit={onSubmit}>
      <div class={`field ${styles.body}`}>
        <label for={id}>{words.paste.label}</label>
        <textarea
          ref={(element) => queueMicrotask(() => element.focus())}
          id={id}
          class="mono"
          rows="16"
          spellcheck={false}
          placeholder={words.paste.placeholder}
          aria-invalid={problem() !== undefined}
          aria-describedby={`${id}-problem`}
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value)
            setProblem(undefined)
          }}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && void take()}
        />
        <p id={`${id}-problem`} class="problem" role="alert">
          <Show when={problem()}>{problem()}</Show>
        </p>
      </div>
      <div class={styles.pasteFoot}>
        <button type="button" class="button" onClick={() => props.onClose()}>
          {words.paste.close}
        </button>
        <button type="submit" class="button primary" disabled={text().trim() === ''}>
          {words.paste.take}
        </button>
      </div>
    </form>
  )
}
