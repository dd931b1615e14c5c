// Takes a container's log as the cluster gives it, with a time before each line, and knows where to go on.

/** A place in a log: its last line that was read. */
interface Place {
  /** That line's time, as the cluster writes it. */
  time: string
  /** How many lines of that very time were read. */
  lines: number
}

export interface LogLines {
  /** From when the next reading has to begin; undefined for the beginning. Whole seconds are all that the cluster knows. */
  since(): string | undefined
  /** Another reading begins. */
  begin(): void
  /** Takes a piece of it, and returns what of it is new. */
  take(piece: Buffer): Buffer[]
  /** The reading has ended, by itself (the log is whole) or not: then what was begun is read again. */
  end(whole: boolean): Buffer[]
}

const NEWLINE = 10
const SPACE = 32

/**
 * Times of lines never go back, but may be the same: so of what is read again everything before the place is known,
 * and as many lines of its time as were read.
 */
export function createLogLines(): LogLines {
  let place: Place | undefined
  /** Of the lines at the place's time, how many this reading has yet to pass by. */
  let known = 0
  let rest: Buffer = Buffer.alloc(0)

  const line = (bytes: Buffer): Buffer | undefined => {
    const space = bytes.indexOf(SPACE)
    const time = bytes.subarray(0, space === -1 ? bytes.length : space).toString('latin1')
    const order = place ? compareTimes(time, place.time) : 1
    if (order < 0) return undefined
    if (order === 0 && known > 0) {
      known -= 1
      return undefined
    }
    place = { time, lines: order === 0 && place ? place.lines + 1 : 1 }
    known = 0
    return space === -1 ? Buffer.alloc(0) : bytes.subarray(space + 1)
  }

  return {
    since: () => place && `${place.time.slice(0, 19)}Z`,
    begin: () => {
      known = place?.lines ?? 0
      rest = Buffer.alloc(0)
    },
    take: (piece) => {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      const fresh: Buffer[] = []
      let start = 0
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
        const found = line(bytes.subarray(start, end + 1))
        if (found) fresh.push(found)
        start = end + 1
      }
      rest = bytes.subarray(start)
      return fresh
    },
    end: (whole) => {
      // A last line may have no newline.
      const found = whole && rest.length > 0 ? line(rest) : undefined
      rest = Buffer.alloc(0)
      return found ? [found] : []
    },
  }
}

/** Of two times in UTC, such as 2026-01-02T03:04:05.120Z; zeros at the end of the fraction may be left out. */
export function compareTimes(a: string, b: string): number {
  const [one, other] = [digitsOf(a), digitsOf(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

function digitsOf(time: string): string {
  return `${time.slice(0, 19)}${time.slice(20).replace('Z', '').padEnd(9, '0')}`
}
