import { expect, it } from 'vitest'
import type { Chunk } from '../chunks.ts'
import { type Line, textOf } from '../terminal/line.ts'
import { createScan, type Match, type Scan, takeChunk, tellFindings } from './scan.ts'

/** What a reader of the findings knows. */
interface Known {
  matches: Match[]
  lines: Line[]
}

function hear(known: Known, scan: Scan): Known {
  const { matchesFrom, matches, linesFrom, lines } = tellFindings(scan)
  return {
    matches: [...known.matches.slice(0, matchesFrom), ...matches],
    lines: [...known.lines.slice(0, linesFrom), ...lines],
  }
}

/** Chunks of these texts, one after the other. */
function chunksOf(texts: readonly string[]): Chunk[] {
  let firstLine = 0
  return texts.map((text, seq) => {
    const chunk: Chunk = { seq, text, firstLine, stream: 'STDOUT', at: '2026-11-25T10:00:00.000Z' }
    firstLine += text.split('\n').length - 1
    return chunk
  })
}

function scanned(expression: RegExp, context: number, texts: readonly string[]): Known {
  const scan = createScan(expression, context)
  let known: Known = { matches: [], lines: [] }
  for (const chunk of chunksOf(texts)) {
    takeChunk(scan, chunk)
    known = hear(known, scan)
  }
  return known
}

const countTo = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`)

it('finds the matching lines, wherever the chunks part', () => {
  const { matches, lines } = scanned(/needle/g, 0, ['hay\nnee', 'dle\nhay\n', 'a needle'])
  expect(matches).toEqual([
    { number: 1, ranges: [0, 6] },
    { number: 3, ranges: [2, 8] },
  ])
  expect(lines.map(textOf)).toEqual(['needle', 'a needle'])
})

it('gives the lines around a match, each once', () => {
  const shown = (context: number) => scanned(/line (5|8|19)$/g, context, countTo(20)).lines.map(({ number }) => number)
  expect(shown(0)).toEqual([5, 8, 19])
  expect(shown(1)).toEqual([4, 5, 6, 7, 8, 9, 18, 19])
  expect(shown(2)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 17, 18, 19])
})

it('looks through a long log in pieces as it does at once', () => {
  const texts = countTo(3000)
  const known = scanned(/line \d*7\d$/g, 1, texts)
  expect(known).toEqual(scanned(/line \d*7\d$/g, 1, [texts.join('')]))
  expect(known.matches).toHaveLength(300)
})

it('looks again at lines that are drawn over', () => {
  const scan = createScan(/50%/g, 0)
  const [first, second, third] = chunksOf(['\r 50%', '\r 90%', '\r 50%\n'])
  let known: Known = { matches: [], lines: [] }
  for (const [chunk, count] of [[first, 1] as const, [second, 0] as const, [third, 1] as const]) {
    if (chunk) takeChunk(scan, chunk)
    known = hear(known, scan)
    expect(known.matches).toHaveLength(count)
  }
})

it('does not see colours', () => {
  expect(scanned(/red alert/g, 0, ['\x1b[31mred\x1b[0m alert\n']).matches).toEqual([{ number: 0, ranges: [0, 9] }])
})

it('is bounded where everything matches, and says so', () => {
  const scan = createScan(/x/g, 0)
  for (const chunk of chunksOf(Array.from({ length: 60 }, () => 'x\n'.repeat(1000)))) takeChunk(scan, chunk)
  const { matches, isFull, looked } = tellFindings(scan)
  expect([matches.length, isFull, looked]).toEqual([50_000, true, 60_000])
})
