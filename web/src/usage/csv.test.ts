import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

/** Reads what RFC 4180 describes. */
function parse(text: string): string[][] {
  const cells = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

it('whatever a cell says can be read again, and is never a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 3, maxLength: 3 })), (rows) => {
      const [headings, ...read] = parse(toCsv(['a', 'b', 'c'], rows))
      expect(headings).toEqual(['a', 'b', 'c'])
      expect(read.map((row) => row.map((cell) => cell.replace(/^'(?='*[=+\-@\t\r])/, '')))).toEqual(rows)
      for (const cell of read.flat()) if (!/^-\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})

it('an exact amount stays what it is, to its last place and below nothing', () => {
  expect(toCsv(['cost'], [['-1234567890.0123456789'], ['-1+1']])).toBe("cost\r\n-1234567890.0123456789\r\n'-1+1\r\n")
})

it('numbers stay numbers, also below nothing, and what is not known is empty', () => {
  expect(toCsv(['a', 'b', 'c'], [[-1.5, null, undefined]])).toBe('a,b,c\r\n-1.5,,\r\n')
})
