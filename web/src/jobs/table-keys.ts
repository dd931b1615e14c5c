// The keyboard on the table of jobs: the focused link is the present row.
import { onCleanup, onMount } from 'solid-js'
import { shortcutsOn } from '../shared/shortcuts.ts'
import { actionOf } from './shortcuts.ts'

interface OnKeys {
  choose: (id: string, reach: boolean) => void
  clear: () => void
}

/** Listens until the owner is disposed of. While a dialog is open, keys are the dialog's. */
export function createTableKeys({ choose, clear }: OnKeys): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[role="dialog"]') || !shortcutsOn()) return
    const action = actionOf(event, isField(event.target))
    if (!action) return
    const row = document.activeElement?.closest('tr')
    const id = row instanceof HTMLElement ? row.dataset.job : undefined
    if (action === 'next' || action === 'previous') move(row, action)
    else if (action === 'search') document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus()
    else if (action === 'clear') clear()
    else if (id === undefined) return
    else choose(id, action === 'reach')
    event.preventDefault()
  }
  onMount(() => document.addEventListener('keydown', onKey))
  onCleanup(() => document.removeEventListener('keydown', onKey))
}

function move(row: Element | null | undefined, action: 'next' | 'previous'): void {
  const rows = [...document.querySelectorAll('tr[data-job]')]
  const at = row ? rows.indexOf(row) : -1
  const next = at === -1 ? 0 : at + (action === 'next' ? 1 : -1)
  const link = rows[next]?.querySelector('a')
  link?.focus({ preventScroll: true })
  link?.scrollIntoView({ block: 'nearest' })
}

/** A box is no field to type in: its keys are its row's. */
function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target instanceof HTMLElement && (target.isContentEditable || /^(SELECT|TEXTAREA)$/.test(target.tagName))
}
