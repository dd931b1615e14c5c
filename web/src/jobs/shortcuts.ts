// The keys of the table of jobs, for the table itself and for whoever lists all keys.

export type TableAction = 'next' | 'previous' | 'choose' | 'reach' | 'search' | 'clear'

interface Shortcut {
  /** As `KeyboardEvent.key` has them, any of which does it. */
  keys: readonly string[]
  text: string
}

const TABLE_SHORTCUTS = {
  next: { keys: ['j'], text: 'Next job' },
  previous: { keys: ['k'], text: 'Previous job' },
  choose: { keys: ['x'], text: 'Choose the job, or leave it' },
  reach: { keys: ['X'], text: 'Choose all up to the job' },
  search: { keys: ['/'], text: 'Search jobs' },
  clear: { keys: ['Escape'], text: 'Leave all chosen jobs' },
} as const satisfies Record<TableAction, Shortcut>

/**
 * What a sheet of shortcuts says of the table; Enter is the browser's own, on the focused row.
 * @public
 */
export const SHORTCUTS: readonly Shortcut[] = [
  TABLE_SHORTCUTS.next,
  TABLE_SHORTCUTS.previous,
  { keys: ['Enter'], text: 'Open the job' },
  TABLE_SHORTCUTS.choose,
  TABLE_SHORTCUTS.reach,
  TABLE_SHORTCUTS.search,
  TABLE_SHORTCUTS.clear,
]

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** What the keys ask for; nothing where they are the browser's or an input's. `inField` is true for who is typing. */
export function actionOf({ key, ctrlKey, metaKey, altKey }: Pressed, inField: boolean): TableAction | undefined {
  if (ctrlKey || metaKey || altKey || inField) return undefined
  return ACTIONS.find((action) => TABLE_SHORTCUTS[action].keys.some((each) => each === key))
}

const ACTIONS: readonly TableAction[] = ['next', 'previous', 'choose', 'reach', 'search', 'clear']
