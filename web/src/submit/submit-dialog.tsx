import { createSignal, Match, onCleanup, Show, Switch } from 'solid-js'
import { unwrap } from 'solid-js/store'
import { TemplatesDocument } from '../generated/documents.ts'
import { createLiveQuery } from '../shared/live.ts'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { person } from '../shared/session.ts'
import type { Prefill } from '../shared/submit-context.ts'
import { Soon } from '../shared/time.tsx'
import { createChecking } from './check.ts'
import { CheckStrip } from './check-strip.tsx'
import { CommandFields } from './command-fields.tsx'
import { forgetDraft, keepDraft, keptDraft } from './draft.ts'
import { formOfInput } from './form-of-input.ts'
import { GpuFields } from './gpu-fields.tsx'
import { EMPTY_FORM, type JobForm } from './job-form.ts'
import { MoreFields } from './more-fields.tsx'
import { PastePanel } from './paste-panel.tsx'
import { createSubmission, type SavedSchedule, type Submission } from './submission.ts'
import styles from './submit-dialog.module.css'
import { words } from './words.ts'

/** The dialog in which a job is described and submitted; the page then shows the job. */
export default function SubmitDialog(props: {
  accounts: readonly string[]
  prefill: Prefill | undefined
  onClose: () => void
}) {
  let form: HTMLFormElement | undefined
  return (
    <ModalDialog title={words.title} focus={() => form?.querySelector('textarea') ?? undefined} onClose={props.onClose}>
      <SubmitForm
        ref={(element) => {
          form = element
        }}
        accounts={props.accounts}
        prefill={props.prefill}
        onDone={() => props.onClose()}
      />
    </ModalDialog>
  )
}

function SubmitForm(props: {
  ref: (form: HTMLFormElement) => void
  accounts: readonly string[]
  prefill: Prefill | undefined
  onDone: () => void
}) {
  let element: HTMLFormElement | undefined
  let [done, closed] = [false, false]
  const toFirstProblem = () => {
    const field = element?.querySelector('[aria-invalid="true"]')
    if (field instanceof HTMLElement) field.focus()
  }
  const { filled, note: firstNote } = beginning(props.prefill)
  const [note, setNote] = createSignal(firstNote)
  const [pasting, setPasting] = createSignal(false)
  const submission = createSubmission(filled, toFirstProblem, () => {
    done = true
    // The form that is open by then is another one.
    if (closed) forgetDraft()
    else props.onDone()
  })
  onCleanup(() => {
    closed = true
    if (done || submission.saved()) forgetDraft()
    else keepDraft(person() ?? '', unwrap(submission.form))
  })

  const fill = (form: JobForm) => {
    submission.fill(form)
    setNote(undefined)
    setPasting(false)
  }
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    void submission.submit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void submission.submit()
  }
  const attach = (form: HTMLFormElement) => {
    element = form
    props.ref(form)
  }
  return (
    <Switch
      fallback={
        <form ref={attach} class={styles.form} noValidate onSubmit={onSubmit} onKeyDown={onKeyDown}>
          <Body
            submission={submission}
            accounts={props.accounts}
            note={note()}
            onAnew={() => fill(EMPTY_FORM)}
            onPaste={() => setPasting(true)}
          />
          <ModalFoot cancel={words.cancel}>
            <button
              type="submit"
              class="button primary"
              disabled={submission.busy()}
              title={words.keys}
              aria-keyshortcuts="Control+Enter"
            >
              {sayButton(submission)}
            </button>
          </ModalFoot>
        </form>
      }
    >
      <Match when={submission.saved()}>{(schedule) => <Saved schedule={schedule()} />}</Match>
      <Match when={pasting()}>
        <PastePanel onForm={fill} onClose={() => setPasting(false)} />
      </Match>
    </Switch>
  )
}

/** What the form holds at first, and why. */
function beginning(prefill: Prefill | undefined): { filled: JobForm; note: string | undefined } {
  if (prefill) return { filled: formOfInput(prefill.input), note: words.draft.again(prefill.from) }
  const draft = keptDraft(person() ?? '')
  return draft ? { filled: draft, note: words.draft.back } : { filled: EMPTY_FORM, note: undefined }
}

function sayButton({ busy, form }: Submission): string {
  if (busy()) return words.submitting
  return form.scheduleName.trim() === '' && form.cron.trim() === '' ? words.submit : words.save
}

function Body(props: {
  submission: Submission
  accounts: readonly string[]
  note: string | undefined
  onAnew: () => void
  onPaste: () => void
}) {
  const templates = createLiveQuery(TemplatesDocument, () => ({}))
  const checking = createChecking(props.submission.form)
  return (
    <>
      <div class={`${styles.fields} ${styles.body}`}>
        <div class={styles.above}>
          <Show when={props.note} fallback={<span />}>
            {(said) => (
              <p class="hint">
                {said()}{' '}
                <button type="button" class={styles.link} onClick={() => props.onAnew()}>
                  {words.draft.anew}
                </button>
              </p>
            )}
          </Show>
          <button type="button" class={styles.link} onClick={() => props.onPaste()}>
            {words.paste.open}
          </button>
        </div>
        <Show when={props.submission.problem('form')}>
          {(problem) => (
            <p class="notice bad" role="alert">
              {problem()}
            </p>
          )}
        </Show>
        <CommandFields
          {...props.submission}
          templates={templates.data()?.templates ?? []}
          unknown={templates.error() !== undefined}
        />
        <GpuFields {...props.submission} />
        <MoreFields {...props.submission} accounts={props.accounts} />
      </div>
      <CheckStrip checking={checking} />
    </>
  )
}

function Saved(props: { schedule: SavedSchedule }) {
  return (
    <div class={styles.form}>
      <div class={styles.saved} role="status">
        <p>{words.saved(props.schedule.name)}</p>
        <Show when={props.schedule.nextAt}>
          {(nextAt) => (
            <p class="muted">
              {words.savedNext} <Soon at={nextAt()} />.
            </p>
          )}
        </Show>
      </div>
      <ModalFoot cancel={words.close} />
    </div>
  )
}
