import { describe, expect, it } from 'vitest'
import { PLAIN } from './style.ts'
import { createTerminal, isEmpty, type Terminal, write } from './terminal.ts'

const texts = (terminal: Terminal) =>
  terminal.lines.map((line) => line.segments.map((segment) => segment.text).join(''))

function show(...chunks: string[]): Terminal {
  const terminal = createTerminal(1000)
  for (const chunk of chunks) write(terminal, chunk, 'STDOUT')
  return terminal
}

describe('lines', () => {
  it('end with a line feed, wherever the chunks part', () => {
    expect(texts(show('one\ntw', 'o\n', 'three'))).toEqual(['one', 'two', 'three'])
  })

  it('may end as on Windows', () => {
    expect(texts(show('one\r\ntwo\r', '\n'))).toEqual(['one', 'two', ''])
  })

  it('are numbered over the whole log, also when the first ones were let go', () => {
    const terminal = createTerminal(10)
    for (let number = 0; number < 100; number++) write(terminal, `line ${number}\n`, 'STDOUT')
    expect(terminal.lines.length).toBeLessThanOrEqual(11)
    expect(terminal.dropped + terminal.lines.length).toBe(101)
    for (const line of terminal.lines.slice(0, -1)) expect(line.segments[0]?.text).toBe(`line ${line.number}`)
  })

  it('are not longer than a limit', () => {
    const [line = ''] = texts(show('x'.repeat(100_000), 'y'))
    expect(line.length).toBe(20_000)
  })

  it('keep what wrote them apart', () => {
    const terminal = show('out ')
    write(terminal, 'err', 'STDERR')
    expect(terminal.lines[0]?.segments.map((segment) => segment.stream)).toEqual(['STDOUT', 'STDERR'])
  })

  it('are none while nothing was written', () => {
    expect(isEmpty(createTerminal(10))).toBe(true)
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

  it('steps back one character', () => {
    expect(texts(show('ab\bc'))).toEqual(['ac'])
  })
})

describe('colours', () => {
  const styles = (terminal: Terminal) => terminal.lines[0]?.segments.map(({ text, style }) => [text, style])

  it('last until they are reset', () => {
    expect(styles(show('a\x1b[1;31mb\x1b[0mc'))).toEqual([
      ['a', PLAIN],
      ['b', { bold: true, fg: 'var(--ansi-1)' }],
      ['c', PLAIN],
    ])
  })

  it('may be of 256 or of all', () => {
    expect(styles(show('\x1b[38;5;9ma\x1b[38;5;196mb\x1b[38;5;255mc\x1b[48;2;1;2;3md'))).toEqual([
      ['a', { fg: 'var(--ansi-9)' }],
      ['b', { fg: 'rgb(255 0 0)' }],
      ['c', { fg: 'rgb(238 238 238)' }],
      ['d', { fg: 'rgb(238 238 238)', bg: 'rgb(1 2 3)' }],
    ])
  })

  it('survive a chunk that ends in the middle of a sequence', () => {
    expect(styles(show('a\x1b', '[3', '2mb\x1b[m'))).toEqual([
      ['a', PLAIN],
      ['b', { fg: 'var(--ansi-2)' }],
    ])
  })

  it('stay with the text that another text overwrites in part', () => {
    expect(styles(show('\x1b[32mabcd\x1b[m\rX'))).toEqual([
      ['X', PLAIN],
      ['bcd', { fg: 'var(--ansi-2)' }],
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

  it('takes absurd parameters', () => {
    expect(texts(show('a\x1b[99999999999Cb\rc\x1b[38;5;999;48;2;999md'))[0]).toMatch(/^cd/)
  })
})
