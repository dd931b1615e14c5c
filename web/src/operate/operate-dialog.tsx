import { createSignal, Show } from 'solid-js'
import { Field } from '../shared/field.tsx'
import { ModalDialog, ModalFoot } from '../shared/modal-dialog.tsx'
import { type Action, consequence, type Target } from './actions.ts'
import styles from './operate.module.css'
import { words } from './words.ts'

/** As the server has it. */
const LONGEST_REASON = 500

/** Says what will happen, and asks for the reason where one is needed. */
export default function OperateDialog(props: {
  action: Action
  target: Target
  onClose: () => void
  onAct: (reason: string) => void
}) {
  const [reason, setReason] = createSignal('')
  const [missing, setMissing] = createSignal(false)
  let input: HTMLInputElement | undefined
  let button: HTMLButtonElement | undefined
  const needsReason = () => props.action !== 'return'

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const said = reason().trim()
    setMissing(needsReason() && said === '')
    if (missing()) input?.focus()
    else props.onAct(said)
  }
  return (
    <ModalDialog
      title={words.title[props.action](props.target.name)}
      narrow
      focus={() => input ?? button}
      onClose={() => props.onClose()}
    >
      <form noValidate onSubmit={submit}>
        <div class={styles.body}>
          <p>{consequence(props.action, props.target)}</p>
          <Show when={needsReason()}>
            <Field
              label={words.reason}
              hint={words.reasonHint}
              problem={missing() ? words.reasonMissing : undefined}
              control={(control) => (
                <input
                  {...control}
                  ref={input}
                  maxlength={LONGEST_REASON}
                  autocomplete="off"
                  value={reason()}
                  onInput={(event) => setReason(event.currentTarget.value)}
                />
              )}
            />
          </Show>
        </div>
        <ModalFoot cancel={words.cancel}>
          <button ref={button} type="submit" class="button primary">
            {words.actions[props.action]}
          </button>
        </ModalFoot>
      </form>
    </ModalDialog>
  )
}
