// What keys do while the log has the focus.
import { words } from './words.ts'

export const SHORTCUTS = [
  { keys: ['/'], action: 'find', text: words.shortcuts.find },
  { keys: ['n'], action: 'next', text: words.shortcuts.next },
  { keys: ['N'], action: 'previous', text: words.shortcuts.previous },
  { keys: [':'], action: 'line', text: words.shortcuts.line },
  { keys: ['g'], action: 'start', text: words.shortcuts.start },
  { keys: ['G'], action: 'end', text: words.shortcuts.end },
  { keys: ['f'], action: 'follow', text: words.shortcuts.follow },
  { keys: ['w'], action: 'wrap', text: words.shortcuts.wrap },
  { keys: ['t'], action: 'times', text: words.shortcuts.times },
  { keys: ['Escape'], action: 'close', text: words.shortcuts.close },
] as const

type ShortcutAction = (typeof SHORTCUTS)[number]['action']

/** Performs what a key stands for; keys that are typed into a field, or pressed with others, stay what they are. */
export function handleShortcut(event: KeyboardEvent, actions: Readonly<Record<ShortcutAction, () => void>>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
  if (inField && event.key !== 'Escape') return
  const shortcut = SHORTCUTS.find(({ keys }) => keys.some((key) => key === event.key))
  if (!shortcut) return
  event.preventDefault()
  // The page has shortcuts of its own, by the same keys.
  event.stopPropagation()
  actions[shortcut.action]()
}
