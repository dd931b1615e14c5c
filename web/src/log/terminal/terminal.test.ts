import { describe, expect, it } from 'vitest'
import { textOf } from './line.ts'
import { createTerminal, LONGEST_LINE, type Terminal } from './screen.ts'
import { PLAIN, TRUE_COLOUR } from './style.ts'
import { isEmpty, skipTo, takeOldest, write } from './terminal.ts'

const texts = (terminal: Terminal) => terminal.lines.map(textOf)
const numbers = (terminal: Terminal) => terminal.lines.map(({ number }) => number)

function show(...chunks: string[]): Terminal {
  const terminal = createTerminal()
  for (const text of chunks) write(terminal, { text, stream: 'STDOUT', at: 0 })
  return terminal
}

describe('lines', () => {
  it('end with a line feed, wherever the chunks part', () => {
    expect(texts(show('one\ntw', 'o\n', 'three'))).toEqual(['one', 'two', 'three'])
  })

  it('may end as on Windows', () => {
    expect(texts(show('one\r\ntwo\r', '\n'))).toEqual(['one', 'two', ''])
  })

  it('keep their numbers when the first ones are taken out, and only whole tenths are taken', () => {
    const terminal = createTerminal(40)
    const taken: number[] = []
    for (let number = 40; number < 140; number++) {
      write(terminal, { text: `line ${number}\n`, stream: 'STDOUT', at: 0 })
      taken.push(...takeOldest(terminal, { lines: 20, characters: 1e6 }).map((line) => line.number))
      expect(terminal.lines.length).toBeLessThanOrEqual(22)
    }
    expect([...taken, ...numbers(terminal)]).toEqual(Array.from({ length: 101 }, (_, index) => 40 + index))
    for (const line of terminal.lines.slice(0, -1)) expect(textOf(line)).toBe(`line ${line.number}`)
  })

  it('are taken out where they hold too much, but never the last one', () => {
    const terminal = show('x'.repeat(50), '\n', 'y'.repeat(50), '\n', 'z'.repeat(90))
    expect(terminal.characters).toBe(190)
    expect(takeOldest(terminal, { lines: 100, characters: 80 }).map(textOf)).toEqual(['x'.repeat(50), 'y'.repeat(50)])
    expect(terminal).toMatchObject({ row: 0, column: 90, characters: 90 })
    expect(takeOldest(terminal, { lines: 100, characters: 80 })).toEqual([])
  })

  it('are numbered by the line feeds before them, so that a number means the same wherever the loading began', () => {
    const text = 'a 1\nb 1\n\x1b[2Aa 2\nb 2\nend\nafter'
    expect(numbers(show(text))).toEqual([0, 1, 2, 5])
  })

  it('are cut at a limit, and say how much is left out', () => {
    const terminal = show('x'.repeat(LONGEST_LINE + 20), 'y'.repeat(1000), '\nnext')
    expect(terminal.lines[0]).toMatchObject({ width: LONGEST_LINE, cut: 1020 })
    expect(texts(terminal)[1]).toBe('next')
  })

  it('go on with their number behind a gap', () => {
    const terminal = show('one\ntw')
    skipTo(terminal, 100)
    write(terminal, { text: 'hundred\nmore', stream: 'STDOUT', at: 0 })
    expect(texts(terminal)).toEqual(['one', 'tw', 'hundred', 'more'])
    expect(numbers(terminal)).toEqual([0, 1, 100, 101])
  })

  it('know when their first text was written', () => {
    const terminal = createTerminal()
    write(terminal, { text: 'a\nb', stream: 'STDOUT', at: 1 })
    write(terminal, { text: 'c\nd', stream: 'STDOUT', at: 2 })
    expect(terminal.lines.map(({ at }) => at)).toEqual([1, 1, 2])
  })

  it('keep what wrote them apart', () => {
    const terminal = show('out ')
    write(terminal, { text: 'err', stream: 'STDERR', at: 0 })
    expect(terminal.lines[0]?.segments.map((segment) => segment.stream)).toEqual(['STDOUT', 'STDERR'])
  })

  it('are none while nothing was written', () => {
    expect(isEmpty(createTerminal())).toBe(true)
    expect(isEmpty(show('\n'))).toBe(false)
  })
})

describe('the cursor', () => {
  it('goes back to the beginning of the line for a progress bar', () => {
    expect(texts(show('\r 10%', '\r 50%', '\r100%\ndone'))).toEqual(['100%', 'done'])
  })

  it('leaves what a shorter text does not cover, unless it is erased', () => {
    expect(texts(show('long line\rab'))).toEqual(['abng line'])
    expect(texts(show('long line\r\x1b[Kab'))).toEqual(['ab'])
    expect(texts(show('long line\x1b[2K\rab'))).toEqual(['ab'])
    expect(texts(show('abcdef\x1b[3D\x1b[1K'))).toEqual(['    ef'])
  })

  it('moves up for several bars at once', () => {
    expect(texts(show('a 1\nb 1\n\x1b[2Aa 2\nb 2\nend'))).toEqual(['a 2', 'b 2', 'end'])
  })

  it('never leaves the lines there are', () => {
    expect(texts(show('a\x1b[99A\x1b[99Db\x1b[99Bc'))).toEqual(['bc'])
  })

  it('fills the gap with spaces where it was moved past the end', () => {
    expect(texts(show('a\x1b[5Gb\tc'))).toEqual(['a   b   c'])
  })

  it('goes where a program wants it on a screen that begins where it first asked for one', () => {
    expect(texts(show('before\n\x1b[H\x1b[2Jone\ntwo\n', '\x1b[H\x1b[JONE\n'))).toEqual(['before', 'ONE', '', ''])
    expect(texts(show('before\n\x1b[2J\x1b[Hone\n', '\x1b[2J\x1b[Htwo'))).toEqual(['before', 'one', 'two'])
    expect(texts(show('a\nb\n\x1b[3;2Hx'))).toEqual(['a', 'b', ' x'])
  })

  it('steps back one character', () => {
    expect(texts(show('ab\bc'))).toEqual(['ac'])
  })
})

describe('colours', () => {
  const styles = (terminal: Terminal) => terminal.lines[0]?.segments.map(({ text, style }) => [text, style])

  it('last until they are reset', () => {
    expect(styles(show('a\x1b[1;31mb\x1b[0mc'))).toEqual([
      ['a', PLAIN],
      ['b', { bold: true, fg: 1 }],
      ['c', PLAIN],
    ])
  })

  it('may be of 256 or of all', () => {
    expect(styles(show('\x1b[38;5;9ma\x1b[38;5;196mb\x1b[38;5;255mc\x1b[48;2;1;2;3md'))).toEqual([
      ['a', { fg: 9 }],
      ['b', { fg: TRUE_COLOUR + 0xff0000 }],
      ['c', { fg: TRUE_COLOUR + 0xeeeeee }],
      ['d', { fg: TRUE_COLOUR + 0xeeeeee, bg: TRUE_COLOUR + 0x010203 }],
    ])
  })

  it('survive a chunk that ends in the middle of a sequence', () => {
    expect(styles(show('a\x1b', '[3', '2mb\x1b[m'))).toEqual([
      ['a', PLAIN],
      ['b', { fg: 2 }],
    ])
  })

  it('stay with the text that another text overwrites in part', () => {
    expect(styles(show('\x1b[32mabcd\x1b[m\rX'))).toEqual([
      ['X', PLAIN],
      ['bcd', { fg: 2 }],
    ])
  })
})

describe('hostile output', () => {
  it('shows no other escape sequence and no control character', () => {
    expect(texts(show('a\x1b]0;title\x07b\x1b[?25lc\x1b(Bd\x00\x07\x7fe\x1b[5nf'))).toEqual(['abcdef'])
  })

  it('does not wait for ever for the end of a sequence', () => {
    const terminal = show('\x1b]', 'x'.repeat(10_000), '\nafter')
    expect(texts(terminal).at(-1)).toBe('after')
  })

  it('cannot turn the direction of text around, nor hide control characters of the second kind', () => {
    expect(texts(show('a\u202egpj\u2066.exe\u0085\u009b31m'))).toEqual(['a<U+202E>gpj<U+2066>.exe31m'])
  })

  it('is quick with a line of ten million characters, with and without colours', () => {
    const began = performance.now()
    const terminal = show(...Array.from({ length: 160 }, () => 'x'.repeat(65_536)))
    expect(terminal.lines[0]).toMatchObject({ width: LONGEST_LINE, cut: 160 * 65_536 - LONGEST_LINE })
    const coloured = show(Array.from({ length: 10_000 }, (_, index) => `\x1b[3${index % 8}mx`).join(''))
    expect(coloured.lines[0]?.width).toBe(10_000)
    expect(coloured.lines[0]?.segments.length).toBeLessThanOrEqual(401)
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it('takes absurd parameters', () => {
    expect(texts(show('a\x1b[99999999999Cb\rc\x1b[38;5;999;48;2;999md'))[0]).toMatch(/^cd/)
  })
})
