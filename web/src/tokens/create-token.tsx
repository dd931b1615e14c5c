import { createSignal, Show } from 'solid-js'
import { ModalDialog } from '../shared/modal-dialog.tsx'
import { TokenForm } from './token-form.tsx'
import styles from './tokens.module.css'
import { words } from './words.ts'

/** Asks what the token is for, and shows it once. */
export default function CreateToken(props: { onClose: () => void }) {
  const [secret, setSecret] = createSignal<string>()
  return (
    <ModalDialog title={words.create} narrow onClose={() => props.onClose()}>
      <Show when={secret()} fallback={<TokenForm onMade={setSecret} />}>
        {(text) => <Made secret={text()} onClose={() => props.onClose()} />}
      </Show>
    </ModalDialog>
  )
}

/** The token, this once. */
function Made(props: { secret: string; onClose: () => void }) {
  const [copied, setCopied] = createSignal(false)
  // Where the browser lets no script copy, a click on the token selects all of it.
  const copy = () =>
    navigator.clipboard
      .writeText(props.secret)
      .then(() => setCopied(true))
      .catch(() => {})
  return (
    <>
      <div class={styles.body}>
        <p class="notice">{words.made}</p>
        <code class={styles.secret}>{props.secret}</code>
      </div>
      <div class={styles.foot}>
        <Show when={isSecureContext}>
          <button type="button" class="button" onClick={copy}>
            {copied() ? words.copied : words.copy}
          </button>
        </Show>
        <button type="button" class="button primary" onClick={() => props.onClose()}>
          {words.done}
        </button>
      </div>
    </>
  )
}
