// All shortcuts, as the sheet shows them.
import { gpusShortcuts } from '../gpus/shortcuts.ts'
import { SHORTCUTS as jobsShortcuts } from '../jobs/shortcuts.ts'
import { queueShortcuts } from '../queue/shortcuts.ts'
import { words as ofThePage } from '../shared/words.ts'
import { words } from './words.ts'

export interface Shortcut {
  /** As `Keys` draws them; of several, any does it. */
  keys: string | readonly string[]
  text: string
}

const { nav } = ofThePage

const EVERYWHERE: readonly Shortcut[] = [
  { keys: 'Mod+K', text: words.palette },
  { keys: 'g j', text: words.goTo(nav.jobs) },
  { keys: 'g g', text: words.goTo(nav.gpus) },
  { keys: 'g q', text: words.goTo(nav.queue) },
  { keys: 'g u', text: words.goTo(nav.usage) },
  { keys: 'c', text: words.submit },
  { keys: '/', text: words.search },
  { keys: '?', text: words.sheet },
  { keys: 'Escape', text: words.close },
]

export const GROUPS: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  { title: words.groups.everywhere, shortcuts: EVERYWHERE },
  { title: words.groups.jobs, shortcuts: jobsShortcuts },
  { title: words.groups.gpus, shortcuts: gpusShortcuts },
  { title: words.groups.queue, shortcuts: queueShortcuts },
]
