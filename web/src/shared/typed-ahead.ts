/** After so long without the field, typing is what it was, in milliseconds. */
const LIMIT_MS = 5_000

/** What was typed for a field that is not there yet. */
export interface TypedAhead {
  begin: () => void
  /** What was typed since `begin`. From then on keys are the field's. */
  take: () => string
}

/** Keeps what a fast typist types while a field is still loaded: else its first letters are lost, or taken as shortcuts. */
export function createTypedAhead(): TypedAhead {
  let text = ''
  let limit: ReturnType<typeof setTimeout> | undefined
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return void end()
    if (event.key === 'Backspace') text = text.slice(0, -1)
    else if (event.key.length === 1) text += event.key
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  const end = () => {
    clearTimeout(limit)
    removeEventListener('keydown', onKey, { capture: true })
    return text
  }
  return {
    begin() {
      end()
      text = ''
      addEventListener('keydown', onKey, { capture: true })
      limit = setTimeout(end, LIMIT_MS)
    },
    take: end,
  }
}
