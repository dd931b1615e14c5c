// What the palette offers without asking the server.
import { signOut } from '../shared/session.ts'
import { setTheme } from '../shared/theme.ts'
import { words as everywhere } from '../shared/words.ts'
import { words } from './words.ts'

export interface Item {
  /** Unlike that of any other item. */
  id: string
  group: keyof typeof words.groups
  text: string
  /** What tells it from others of that name. */
  detail?: string
  /** The shortcut that does the same. */
  keys?: string
  /** Where it leads, or else what it does. */
  href?: string
  run?: () => void
}

/** What the page around the palette lends it. */
export interface Doings {
  /** Undefined for whom the server would refuse. */
  submit: (() => void) | undefined
  showShortcuts: () => void
}

export const PAGES: readonly Item[] = [
  { id: 'jobs', group: 'pages', text: everywhere.nav.jobs, keys: 'g j', href: '/jobs' },
  { id: 'gpus', group: 'pages', text: everywhere.nav.gpus, keys: 'g g', href: '/gpus' },
  { id: 'queue', group: 'pages', text: everywhere.nav.queue, keys: 'g q', href: '/queue' },
  { id: 'usage', group: 'pages', text: everywhere.nav.usage, keys: 'g u', href: '/usage' },
  { id: 'tokens', group: 'pages', text: everywhere.person.tokens, href: '/tokens' },
]

export function actionsFor({ submit, showShortcuts }: Doings): Item[] {
  const action = (id: keyof typeof words.actions, run: () => void, keys?: string): Item => ({
    id,
    group: 'actions',
    text: words.actions[id],
    run,
    ...(keys !== undefined && { keys }),
  })
  return [
    ...(submit ? [action('submit', submit, 'c')] : []),
    action('light', () => setTheme('light')),
    action('dark', () => setTheme('dark')),
    action('system', () => setTheme('system')),
    action('shortcuts', showShortcuts, '?'),
    action('signOut', signOut),
  ]
}
