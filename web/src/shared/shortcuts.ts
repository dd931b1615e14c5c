// Keys that do something from anywhere on a page.
import { createSignal, onCleanup, onMount } from 'solid-js'
import { keyOf, nextKeys } from './key-sequence.ts'

/** Within this many milliseconds the second key follows the first. */
const PATIENCE_MS = 1500

const STORED = 'constellation.shortcuts'

const [shortcutsOn, setOn] = createSignal(localStorage.getItem(STORED) !== 'off')

/** Whether keys without Control or Command do something. Who dictates or has a tremor may not want that. */
export { shortcutsOn }

export function setShortcutsOn(on: boolean): void {
  localStorage.setItem(STORED, on ? 'on' : 'off')
  setOn(on)
}

/**
 * Has each of these keys call its function while the component is mounted. They are as `KeyboardEvent.key` names them,
 * one after another with a space between: `j`, `G`, `?`, `g j`. `Mod+k` is Control or Command with k.
 * Of several for the same keys the last is called.
 */
export function createShortcuts(bindings: Readonly<Record<string, () => void>>): void {
  onMount(() => {
    held.push(bindings)
    if (held.length === 1) document.addEventListener('keydown', onKeyDown)
  })
  onCleanup(() => {
    held = held.filter((each) => each !== bindings)
    if (held.length === 0) document.removeEventListener('keydown', onKeyDown)
  })
}

let held: Readonly<Record<string, () => void>>[] = []
let pending = { keys: '', at: 0 }

function onKeyDown(event: KeyboardEvent): void {
  const key = keyOf(event)
  if (key === undefined || event.defaultPrevented || isElsewhere(event)) return
  const before = event.timeStamp - pending.at < PATIENCE_MS ? pending.keys : ''
  const next = nextKeys(
    before,
    key,
    held.flatMap((each) => Object.keys(each)),
  )
  pending = { keys: next.done ? '' : next.keys, at: event.timeStamp }
  if (!next.done) return
  event.preventDefault()
  held.findLast((each) => next.keys in each)?.[next.keys]?.()
}

/** Whether the key belongs to what has the focus, or to a dialog that lies over the page. */
function isElsewhere(event: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return true
  if (event.ctrlKey || event.metaKey) return false
  if (!shortcutsOn()) return true
  return event.target instanceof Element && event.target.closest(TYPED_INTO) !== null
}

const TYPED_INTO =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable], [role="menu"], [role="listbox"]'
