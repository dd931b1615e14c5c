// Which shortcut has been pressed.

/** The keys pressed so far, of which `done` is one that is bound. What begins nothing that is bound is forgotten. */
export function nextKeys(before: string, key: string, bound: readonly string[]): { keys: string; done: boolean } {
  const keys = before === '' ? key : `${before} ${key}`
  if (bound.includes(keys)) return { keys, done: true }
  if (bound.some((each) => each.startsWith(`${keys} `))) return { keys, done: false }
  return before === '' ? { keys: '', done: false } : nextKeys('', key, bound)
}

/** The key as `createShortcuts` names it; undefined where it is half of another, or part of a letter. */
export function keyOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>,
): string | undefined {
  if (event.isComposing || event.altKey || ['Control', 'Meta', 'Shift'].includes(event.key)) return undefined
  return event.ctrlKey || event.metaKey ? `Mod+${event.key.toLowerCase()}` : event.key
}
