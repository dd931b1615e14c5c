/** After so long without the field, typing is what it was, in milliseconds. */
const LIMIT_MS = 5_000

/** What was typed for a field that does not have the focus yet. */
export interface TypedAhead {
  begin: () => void
  /** What was typed since `begin`, told once. From then on keys are the field's, which must have the focus. */
  take: () => string
}

/** Keeps what a fast typist types while a field is still loaded: else its first letters are lost, or taken as shortcuts. */
export function createTypedAhead(): TypedAhead {
  let text = ''
  let limit: ReturnType<typeof setTimeout> | undefined
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return void take()
    if (event.key === 'Backspace') text = text.slice(0, -1)
    else if (event.key.length === 1) text += event.key
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  const stop = () => {
    clearTimeout(limit)
    removeEventListener('keydown', onKey, { capture: true })
  }
  const take = () => {
    stop()
    const taken = text
    text = ''
    return taken
  }
  return {
    begin() {
      take()
      addEventListener('keydown', onKey, { capture: true })
      limit = setTimeout(stop, LIMIT_MS)
    },
    take,
  }
}
