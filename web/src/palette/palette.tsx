import { Dialog } from '@kobalte/core/dialog'
import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { Keys } from '../shared/keys.tsx'
import overlay from '../shared/modal-dialog-overlay.module.css'
import type { Identity } from '../shared/token.ts'
import { actionsFor, type Doings, type Item } from './commands.ts'
import { createFinding } from './find.ts'
import styles from './palette.module.css'
import { recentPlaces, rememberPlace } from './recent.ts'
import { words } from './words.ts'

const LIST = 'palette-results'

/** A field that finds jobs, GPUs, pages and actions, and goes there. */
export default function Palette(props: {
  identity: Identity
  doings: Doings
  /** What was typed before the field had the focus. */
  takeTyped: () => string
  onClose: () => void
}) {
  const navigate = useNavigate()
  const [typed, setTyped] = createSignal('')
  const items = createFinding(typed, actionsFor(props.doings), recentPlaces(props.identity.id))
  const [at, setAt] = createSignal(0)
  createEffect(on(typed, () => setAt(0)))
  const chosen = createMemo(() => items()[Math.min(at(), items().length - 1)])

  const choose = (item: Item | undefined) => {
    if (!item) return
    props.onClose()
    const { href, text } = item
    if (href === undefined) return item.run?.()
    rememberPlace(props.identity.id, { href, text })
    navigate(href)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const next = stepTo(event.key, Math.min(at(), items().length - 1), items().length)
    if (next !== undefined) setAt(next)
    else if (event.key === 'Enter') choose(chosen())
    else if ((event.ctrlKey || event.metaKey) && event.key === 'k') props.onClose()
    else return
    event.preventDefault()
  }

  return (
    <Dialog open preventScroll={false} onOpenChange={(open) => open || props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class={overlay.overlay} />
        <Dialog.Content class={styles.palette} aria-label={words.title} onKeyDown={onKeyDown}>
          <input
            class={styles.field}
            type="text"
            role="combobox"
            aria-label={words.field}
            aria-expanded="true"
            aria-controls={LIST}
            aria-activedescendant={chosen() && optionId(chosen())}
            aria-autocomplete="list"
            autocomplete="off"
            spellcheck={false}
            placeholder={words.field}
            value={typed()}
            onFocus={() => setTyped((before) => before + props.takeTyped())}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <Results items={items()} chosen={chosen()} onPoint={setAt} onChoose={choose} />
          <Show when={items().length === 0}>
            <p class={styles.none}>{words.none(typed().trim())}</p>
          </Show>
          <Hint />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  )
}

/** Where a key leads in a list of `count`, around its ends; undefined for other keys. */
function stepTo(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  return undefined
}

function Results(props: {
  items: readonly Item[]
  chosen: Item | undefined
  onPoint: (index: number) => void
  onChoose: (item: Item) => void
}) {
  return (
    <div id={LIST} class={styles.results} role="listbox" aria-label={words.results} tabindex="-1">
      <For each={props.items}>
        {(item, index) => (
          <>
            <Show when={item.group !== props.items[index() - 1]?.group}>
              <p class={styles.group} aria-hidden="true">
                {words.groups[item.group]}
              </p>
            </Show>
            <Option
              item={item}
              chosen={item === props.chosen}
              onPoint={() => props.onPoint(index())}
              onChoose={() => props.onChoose(item)}
            />
          </>
        )}
      </For>
    </div>
  )
}

function Option(props: { item: Item; chosen: boolean; onPoint: () => void; onChoose: () => void }) {
  let element: HTMLDivElement | undefined
  createEffect(() => props.chosen && element?.scrollIntoView({ block: 'nearest' }))
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys choose
    // biome-ignore lint/a11y/useFocusableInteractive: likewise
    <div
      ref={element}
      id={optionId(props.item)}
      class={styles.option}
      role="option"
      aria-selected={props.chosen}
      onPointerMove={() => props.chosen || props.onPoint()}
      onClick={() => props.onChoose()}
    >
      <span class={styles.text}>{props.item.text}</span>
      <Show when={props.item.detail}>{(detail) => <span class={styles.detail}>{detail()}</span>}</Show>
      <Show when={props.item.keys}>{(keys) => <Keys keys={keys()} />}</Show>
    </div>
  )
}

function Hint() {
  return (
    <p class={styles.hint}>
      <span>
        <Keys keys="ArrowUp ArrowDown" /> {words.hint.move}
      </span>
      <span>
        <Keys keys="Enter" /> {words.hint.open}
      </span>
      <span>
        <Keys keys="Escape" /> {words.hint.close}
      </span>
    </p>
  )
}

function optionId(item: Item | undefined): string {
  return `palette-${item?.id.replace(/\W/g, '-')}`
}
