import { useNavigate } from '@solidjs/router'
import { createShortcuts } from './shortcuts.ts'

/** The keys that do the same on every page. */
export function createPageKeys(doings: {
  openPalette: () => void
  openSheet: () => void
  /** Undefined for whom the server would refuse. */
  submit: (() => void) | undefined
}): void {
  const navigate = useNavigate()
  createShortcuts({
    'Mod+k': doings.openPalette,
    '?': doings.openSheet,
    '/': focusSearch,
    'g j': () => navigate('/jobs'),
    'g g': () => navigate('/gpus'),
    'g q': () => navigate('/queue'),
    'g u': () => navigate('/usage'),
    ...(doings.submit && { c: doings.submit }),
  })
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus()
}
