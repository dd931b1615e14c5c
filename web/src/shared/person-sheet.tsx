import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import styles from './person-sheet.module.css'
import { signOut } from './session.ts'
import { setTheme, THEMES, theme } from './theme.ts'
import type { Identity } from './token.ts'
import { words } from './words.ts'

/** What the menu of a person opens. */
export default function PersonSheet(props: { identity: Identity; onShowShortcuts: () => void; onLeave: () => void }) {
  return (
    <div class={styles.sheet}>
      <dl class={styles.facts}>
        <Fact label={words.person.role} value={props.identity.role} />
        <Fact label={words.person.accounts} value={props.identity.accounts.join(', ')} />
      </dl>
      <fieldset class={styles.themes}>
        <legend>{words.person.theme}</legend>
        <For each={THEMES}>
          {(each) => (
            <label>
              <input type="radio" name="theme" checked={theme() === each} onChange={() => setTheme(each)} />
              {words.person.themes[each]}
            </label>
          )}
        </For>
      </fieldset>
      <A href="/tokens" class="button" onClick={() => props.onLeave()}>
        {words.person.tokens}
      </A>
      <button type="button" class="button" onClick={() => props.onShowShortcuts()}>
        {words.person.shortcuts}
      </button>
      <button type="button" class="button" onClick={signOut}>
        {words.person.signOut}
      </button>
    </div>
  )
}

function Fact(props: { label: string; value: string }) {
  return (
    <Show when={props.value}>
      <dt>{props.label}</dt>
      <dd>{props.value}</dd>
    </Show>
  )
}
