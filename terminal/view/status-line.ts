// One line at the foot of the terminal that says how it stands, and lines above it that stay.
import { note } from './output.ts'
import { plain, shorten } from './text.ts'

export interface StatusLine {
  /** Shows what the function says, and asks it again each second. */
  show(text: () => string): void
  /** A line that stays. */
  note(line: string): void
  /** Takes the line away, as before something else is written. */
  clear(): void
}

const AGAIN_MS = 1_000

/** On no terminal it shows nothing, and notes alone. */
export function openStatusLine(stream = process.stderr): StatusLine {
  if (!stream.isTTY) return { show: () => undefined, note, clear: () => undefined }
  let timer: NodeJS.Timeout | undefined
  let isShown = false
  const wipe = () => {
    if (isShown) stream.write('\r\u001b[K')
    isShown = false
  }
  const clear = () => {
    clearInterval(timer)
    wipe()
  }
  return {
    clear,
    show(text) {
      const draw = () => {
        stream.write(`\r\u001b[K${shorten(plain(text()), (stream.columns || 80) - 1)}`)
        isShown = true
      }
      clearInterval(timer)
      timer = setInterval(draw, AGAIN_MS)
      timer.unref()
      draw()
    },
    note(line) {
      wipe()
      note(line)
    },
  }
}
