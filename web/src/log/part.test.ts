import { expect, it } from 'vitest'
import { createWriter, firstLines, writeChunk } from './chunks.ts'
import { countOf, createPane, lineAt, prepend } from './pane.ts'
import { partOf } from './part.ts'
import { emptyLine, textOf } from './terminal/line.ts'
import { createTerminal, type Terminal } from './terminal/screen.ts'
import { write } from './terminal/terminal.ts'

/** A log in chunks of so many characters, as from line `from` on the server gives them. */
function partBehind(text: string, from: number, size: number): Terminal {
  const starts = Array.from({ length: Math.ceil(text.length / size) }, (_, seq) => seq * size)
  const chunks = starts.map((at, seq) => {
    const firstLine = text.slice(0, at).split('\n').length - 1
    return {
      seq,
      at: '2026-01-31T12:00:00.000Z',
      stream: 'STDOUT' as const,
      text: text.slice(at, at + size),
      firstLine,
    }
  })
  const begins = chunks.findLast((chunk, seq) => seq === 0 || chunk.firstLine < from)
  const writer = createWriter(from, begins)
  for (const chunk of chunks.slice(begins?.seq)) writeChunk(writer, chunk)
  return writer.terminal
}

function drawn(text: string, from: number, to: number) {
  return partOf(partBehind(firstLines(text, to), from, 10_000), to)
}

const written = (text: string) => {
  const terminal = createTerminal(100)
  write(terminal, { text, stream: 'STDOUT', at: 0 })
  return terminal
}

it('of plain lines is those before the one that is not asked for', () => {
  const { lines, above, below } = partOf(written('a\nb\nc\n'), 103)
  expect([lines.map(textOf), above, below]).toEqual([['a', 'b', 'c'], 0, 0])
})

it('of two bars over each other goes on with the one above it, and is gone on with in its last line', () => {
  const bars = Array.from({ length: 50 }, (_, i) => ` inner ${i}\r\x1b[Aouter\x1b[K\r\n`).join('')
  const { lines, above, below } = partOf(written(bars), 150)
  expect([lines.map(textOf), above, below]).toEqual([['outer', ' inner 49'], 1, 1])
})

it('is a log’s last one with all its lines', () => {
  const { lines, below } = partOf(written('a\nb'), 200)
  expect([lines.map(textOf), below]).toEqual([['a', 'b'], 0])
})

it('joined to others anywhere says what the whole log says', () => {
  const whole = `a\nb\n${Array.from({ length: 60 }, (_, i) => `\n inner ${i}\r\x1b[A${'#'.repeat(i % 7)}outer\x1b[K\r`).join('')}\n\nc\nd\n`
  const feeds = whole.split('\n').length - 1
  const said = drawn(whole, 0, feeds).lines.map(textOf)
  for (const chunk of [7, 50, 10_000]) {
    for (let cut = 1; cut < feeds; cut++) {
      const end = partBehind(whole, cut, chunk)
      const pane = createPane(end)
      prepend(pane, drawn(whole, 0, cut), 0, cut)
      const shown = Array.from({ length: countOf(pane) }, (_, i) => textOf(lineAt(pane, i) ?? emptyLine(0)))
      expect(shown, `cut at ${cut}, chunks of ${chunk}`).toEqual(said)
    }
  }
})
