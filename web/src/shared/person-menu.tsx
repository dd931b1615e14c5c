import { A } from '@solidjs/router'
import { For, onCleanup, Show } from 'solid-js'
import styles from './person-menu.module.css'
import { signOut } from './session.ts'
import { setTheme, THEMES, theme } from './theme.ts'
import type { Identity } from './token.ts'
import { words } from './words.ts'

/** Who is signed in, how the page looks, and the way out. */
export function PersonMenu(props: { identity: Identity; onShowShortcuts: () => void }) {
  let menu: HTMLDetailsElement | undefined
  const name = () => props.identity.id || words.person.unknown

  const close = (event: Event) => {
    if (!menu?.open) return
    if (
      event instanceof KeyboardEvent
        ? event.key === 'Escape'
        : event.target instanceof Node && !menu.contains(event.target)
    ) {
      menu.open = false
      if (event instanceof KeyboardEvent) menu.querySelector('summary')?.focus()
    }
  }
  document.addEventListener('pointerdown', close)
  document.addEventListener('keydown', close)
  onCleanup(() => {
    document.removeEventListener('pointerdown', close)
    document.removeEventListener('keydown', close)
  })

  return (
    <details ref={menu} class={styles.menu}>
      <summary class="button quiet" aria-label={words.person.menu(name())}>
        <span class={styles.initial} data-initial={name().slice(0, 1).toUpperCase()} />
        <span class={styles.name}>{name()}</span>
      </summary>
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
        <A href="/tokens" class="button" onClick={() => menu?.removeAttribute('open')}>
          {words.person.tokens}
        </A>
        <button
          type="button"
          class="button"
          onClick={() => {
            menu?.removeAttribute('open')
            props.onShowShortcuts()
          }}
        >
          {words.person.shortcuts}
        </button>
        <button type="button" class="button" onClick={signOut}>
          {words.person.signOut}
        </button>
      </div>
    </details>
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
