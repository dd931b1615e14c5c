import { createResource, createSignal, onMount, Show } from 'solid-js'
import { beginSignIn } from '../session/issuer-session.ts'
import { findService } from '../session/oidc.ts'
import { Mark } from './mark.tsx'
import { problem, signIn } from './session.ts'
import styles from './sign-in.module.css'
import { signInWords } from './sign-in-words.ts'
import { setTitle } from './title.ts'
import { tokenFromPaste } from './token.ts'

/** What is shown to whom has no token, or one that the server refused. */
export default function SignIn() {
  setTitle(() => signInWords.button)
  const [pasted, setPasted] = createSignal('')
  const [unreadable, setUnreadable] = createSignal(false)
  let field: HTMLInputElement | undefined
  onMount(() => field?.focus())

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const token = tokenFromPaste(pasted())
    setUnreadable(token === undefined)
    if (token !== undefined) signIn(token)
  }

  return (
    <main class={styles.screen}>
      <form class={styles.card} onSubmit={submit}>
        <Mark size={36} />
        <h1>{signInWords.title}</h1>
        <Show when={!unreadable() && problem()}>
          {(text) => (
            <p class="notice bad" role="alert">
              {text()}
            </p>
          )}
        </Show>
        <IssuerButton />
        <p class={styles.intro}>{signInWords.intro}</p>
        <label class="field">
          <span>{signInWords.field}</span>
          <input
            ref={field}
            type="password"
            autocomplete="off"
            value={pasted()}
            onInput={(event) => setPasted(event.currentTarget.value)}
            aria-invalid={unreadable()}
            aria-describedby="token-problem"
          />
        </label>
        <p id="token-problem" class="problem" aria-live="polite">
          {unreadable() ? signInWords.unreadable : ''}
        </p>
        <button type="submit" class="button primary">
          {signInWords.button}
        </button>
        <p class={styles.how}>{signInWords.how}</p>
        <code class={styles.command}>{signInWords.command}</code>
      </form>
    </main>
  )
}

/** The way to the OIDC issuer, where there is one. */
function IssuerButton() {
  // Without an answer there is no button, and a token signs in all the same.
  const [service] = createResource(() => findService().catch(() => undefined))
  const [failed, setFailed] = createSignal('')
  const leave = () => beginSignIn().catch((error: unknown) => setFailed(String(Object(error).message)))
  return (
    <Show when={service()}>
      {(at) => (
        <>
          <button type="button" class="button primary" onClick={leave}>
            {signInWords.issuer(new URL(at().issuer).host)}
          </button>
          <p class="problem" aria-live="polite">
            {failed()}
          </p>
          <p class={styles.how}>{signInWords.orToken}</p>
        </>
      )}
    </Show>
  )
}
