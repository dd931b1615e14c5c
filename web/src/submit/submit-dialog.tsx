import { Show } from 'solid-js'
import { TemplatesDocument } from '../generated/documents.ts'
import { createLiveQuery } from '../shared/live.ts'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { CommandFields } from './command-fields.tsx'
import { GpuFields } from './gpu-fields.tsx'
import { MoreFields } from './more-fields.tsx'
import { createSubmission } from './submission.ts'
import styles from './submit-dialog.module.css'
import { words } from './words.ts'

/** The dialog in which a job is described and submitted; the page then shows the job. */
export default function SubmitDialog(props: { accounts: readonly string[]; onClose: () => void }) {
  return (
    <ModalDialog title={words.title} onClose={() => props.onClose()}>
      <SubmitForm accounts={props.accounts} onDone={() => props.onClose()} />
    </ModalDialog>
  )
}

function SubmitForm(props: { accounts: readonly string[]; onDone: () => void }) {
  const templates = createLiveQuery(TemplatesDocument, () => ({}))
  let element: HTMLFormElement | undefined
  const toFirstProblem = () => {
    const field = element?.querySelector('[aria-invalid="true"]')
    if (field instanceof HTMLElement) field.focus()
  }
  const submission = createSubmission(toFirstProblem, () => props.onDone())
  const part = { form: submission.form, change: submission.change, problem: submission.problem }

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    void submission.submit()
  }
  return (
    <form ref={element} class={styles.form} noValidate onSubmit={onSubmit}>
      <div class={`${styles.fields} ${styles.body}`}>
        <Show when={submission.problem('form')}>
          {(problem) => (
            <p class="notice bad" role="alert">
              {problem()}
            </p>
          )}
        </Show>
        <CommandFields
          {...part}
          templates={templates.data()?.templates ?? []}
          unknown={templates.error() !== undefined}
        />
        <GpuFields {...part} />
        <MoreFields {...part} accounts={props.accounts} />
      </div>
      <ModalFoot cancel={words.cancel}>
        <button type="submit" class="button primary" disabled={submission.busy()}>
          {submission.busy() ? words.submitting : words.submit}
        </button>
      </ModalFoot>
    </form>
  )
}
