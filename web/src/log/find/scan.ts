// Looks through a log as it comes: which lines match, and these lines with some around them.
import { type Chunk, type ChunkWriter, createWriter, writeChunk } from '../chunks.ts'
import { type Line, textOf } from '../terminal/line.ts'
import { SCREEN_ROWS } from '../terminal/sequences.ts'
import { takeFirst } from '../terminal/terminal.ts'
import { matchesOf, type Ranges } from './pattern.ts'

export interface Match {
  /** The line's. */
  number: number
  ranges: Ranges
}

/** How many matching lines are told of, and how many lines are kept to be shown alone. */
const MOST_MATCHES = 50_000
const MOST_CHARACTERS = 8_000_000

/** What has changed: what is known from there on is replaced by this. */
export interface Findings {
  matchesFrom: number
  matches: Match[]
  linesFrom: number
  lines: Line[]
  /** How many lines were looked at. */
  looked: number
  /** True where there are more matches than are told of. */
  isFull: boolean
}

export interface Scan {
  expression: RegExp
  /** How many lines are shown before and after a match. */
  context: number
  writer: ChunkWriter
  /** Lines up to here can change no more, and are done with. */
  settled: Progress
  /** How much was settled when findings were last told. */
  told: { matches: number; lines: number }
  fresh: { matches: Match[]; lines: Line[] }
}

/** Where the looking is: the lines that may yet be wanted before a match, and how many are wanted behind one. */
interface Progress {
  before: readonly Line[]
  wanted: number
  matches: number
  lines: number
  characters: number
}

export function createScan(expression: RegExp, context: number): Scan {
  return {
    expression,
    context,
    writer: createWriter(),
    settled: { before: [], wanted: 0, matches: 0, lines: 0, characters: 0 },
    told: { matches: 0, lines: 0 },
    fresh: { matches: [], lines: [] },
  }
}

/** Takes a chunk and looks at the lines in it that will not change. */
export function takeChunk(scan: Scan, chunk: Chunk): void {
  writeChunk(scan.writer, chunk)
  const count = scan.writer.terminal.lines.length - SCREEN_ROWS
  // Taking lines out of the front moves all others.
  if (count < SCREEN_ROWS) return
  scan.settled = look(scan, scan.settled, takeFirst(scan.writer.terminal, count), scan.fresh)
}

/** What was found since the last time; the lines that may still change are in it, and told again the next time. */
export function tellFindings(scan: Scan): Findings {
  const { fresh, settled, told } = scan
  const { lines, feeds } = scan.writer.terminal
  const open = { matches: [], lines: [] }
  const last = lines.at(-1)?.width === 0 ? lines.slice(0, -1) : lines
  const progress = look(scan, settled, last, open)
  const findings = {
    matchesFrom: told.matches,
    matches: [...fresh.matches, ...open.matches],
    linesFrom: told.lines,
    lines: [...fresh.lines, ...open.lines],
    looked: feeds,
    isFull: isFull(progress),
  }
  scan.fresh = { matches: [], lines: [] }
  scan.told = { matches: settled.matches, lines: settled.lines }
  return findings
}

/** How many lines were found since findings were last told. */
export function freshCount({ fresh }: Scan): number {
  return fresh.lines.length
}

/** True where more would not be told of. */
export function hasEnough({ settled }: Scan): boolean {
  return isFull(settled)
}

function isFull({ matches, lines, characters }: Progress): boolean {
  return matches >= MOST_MATCHES || lines >= MOST_MATCHES * 2 || characters >= MOST_CHARACTERS
}

function look(
  { expression, context }: Scan,
  from: Progress,
  lines: readonly Line[],
  into: { matches: Match[]; lines: Line[] },
): Progress {
  let { before, wanted, matches, characters } = from
  let shown = from.lines
  const show = (line: Line) => {
    into.lines.push(line)
    shown++
    characters += line.width
  }
  for (const line of lines) {
    if (isFull({ before, wanted, matches, lines: shown, characters })) break
    const ranges = matchesOf(expression, textOf(line))
    if (ranges) {
      before.forEach(show)
      before = []
      wanted = context
      into.matches.push({ number: line.number, ranges })
      matches++
      show(line)
    } else if (wanted > 0) {
      wanted--
      show(line)
    } else if (context > 0) before = [...before, line].slice(-context)
  }
  return { before, wanted, matches, lines: shown, characters }
}
