import { For, Show } from 'solid-js'
import { Keys } from '../shared/keys.tsx'
import { ModalDialog } from '../shared/modal-dialog.tsx'
import { setShortcutsOn, shortcutsOn } from '../shared/shortcuts.ts'
import { GROUPS, type Shortcut } from './groups.ts'
import styles from './shortcuts-sheet.module.css'
import { words } from './words.ts'

/** All that can be done by keys, and whether it can. */
export default function ShortcutsSheet(props: { onClose: () => void }) {
  return (
    <ModalDialog title={words.title} onClose={props.onClose}>
      <div class={styles.sheet}>
        <For each={GROUPS}>
          {({ title, shortcuts }) => (
            <section>
              <h2 class={styles.title}>{title}</h2>
              <dl class={styles.list}>
                <For each={shortcuts}>{(shortcut) => <Row shortcut={shortcut} />}</For>
              </dl>
            </section>
          )}
        </For>
      </div>
      <label class={styles.switch}>
        <input
          type="checkbox"
          checked={shortcutsOn()}
          onChange={(event) => setShortcutsOn(event.currentTarget.checked)}
        />
        {words.single}
      </label>
    </ModalDialog>
  )
}

function Row(props: { shortcut: Shortcut }) {
  const ways = () => [props.shortcut.keys].flat()
  return (
    <div class={styles.row}>
      <dt>{props.shortcut.text}</dt>
      <dd>
        <For each={ways()}>
          {(keys, index) => (
            <>
              <Show when={index() > 0}> {words.or} </Show>
              <Keys keys={keys} />
            </>
          )}
        </For>
      </dd>
    </div>
  )
}
