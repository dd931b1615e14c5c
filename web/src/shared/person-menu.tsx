import { createSignal, lazy, onCleanup, Show, Suspense } from 'solid-js'
import styles from './person-menu.module.css'
import type { Identity } from './token.ts'
import { words } from './words.ts'

const PersonSheet = lazy(() => import('./person-sheet.tsx'))

/** Who is signed in, how the page looks, and the way out. */
export function PersonMenu(props: { identity: Identity; onShowShortcuts: () => void }) {
  let menu: HTMLDetailsElement | undefined
  const [opened, setOpened] = createSignal(false)
  const name = () => props.identity.id || words.person.unknown

  const leave = () => menu?.removeAttribute('open')
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
    <details ref={menu} class={styles.menu} onToggle={() => menu?.open && setOpened(true)}>
      <summary class="button quiet" aria-label={words.person.menu(name())}>
        <span class={styles.initial} data-initial={name().slice(0, 1).toUpperCase()} />
        <span class={styles.name}>{name()}</span>
      </summary>
      <Show when={opened()}>
        <Suspense>
          <PersonSheet
            identity={props.identity}
            onShowShortcuts={() => {
              leave()
              props.onShowShortcuts()
            }}
            onLeave={leave}
          />
        </Suspense>
      </Show>
    </details>
  )
}
