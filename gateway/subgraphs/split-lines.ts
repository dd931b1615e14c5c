// Lines out of the pieces in which they come.

const NEWLINE = 0x0a
/** What is kept of a line that is too long. */
const KEPT_BYTES = 64

export interface LineSplitter {
  add(piece: Buffer): void
}

/**
 * Calls `onLine` with each line that has come whole. One of more than `limit` bytes is not kept: `onLongLine` is called
 * with its first bytes.
 */
export function createLineSplitter(
  limit: number,
  onLine: (line: string) => void,
  onLongLine: (start: string) => void,
): LineSplitter {
  let pieces: Buffer[] = []
  let length = 0

  function keep(piece: Buffer): void {
    length += piece.length
    if (length <= limit) pieces.push(piece)
    else if (pieces.length > 0 || length === piece.length) {
      const start = Buffer.concat([...pieces, piece].map((each) => each.subarray(0, KEPT_BYTES)))
      onLongLine(start.subarray(0, KEPT_BYTES).toString())
      pieces = []
    }
  }

  function end(): void {
    if (length <= limit) onLine(pieces.length === 1 ? String(pieces[0]) : Buffer.concat(pieces).toString())
    pieces = []
    length = 0
  }

  return {
    add(piece) {
      let from = 0
      for (let to = piece.indexOf(NEWLINE); to !== -1; to = piece.indexOf(NEWLINE, from)) {
        keep(piece.subarray(from, to))
        end()
        from = to + 1
      }
      if (from < piece.length) keep(piece.subarray(from))
    },
  }
}
