import { createSignal, onMount, Show } from 'solid-js'
import { Mark } from './mark.tsx'
import { signIn } from './session.ts'
import styles from './sign-in.module.css'
import { setTitle } from './title.ts'
import { tokenFromPaste } from './token.ts'
import { words } from './words.ts'

/** What is shown to whom has no token, or one that the server `refused`. */
export function SignIn(props: { refused: boolean }) {
  setTitle(() => words.signIn.button)
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
        <h1>{words.signIn.title}</h1>
        <Show when={props.refused && !unreadable()}>
          <p class="notice bad" role="alert">
            {words.signIn.refused}
          </p>
        </Show>
        <p class={styles.intro}>{words.signIn.intro}</p>
        <label class="field">
          <span>{words.signIn.field}</span>
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
          {unreadable() ? words.signIn.unreadable : ''}
        </p>
        <button type="submit" class="button primary">
          {words.signIn.button}
        </button>
        <p class={styles.how}>{words.signIn.how}</p>
        <code class={styles.command}>{words.signIn.command}</code>
      </form>
    </main>
  )
}
