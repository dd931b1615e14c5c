// Answers as people and as programs read them.
import stringWidth from 'string-width'
import type { Cell, Column } from './session.ts'

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL|BIGNUM)/
/** Longer values are cut. */
const WIDEST = 60

/** A table with a frame; numbers stand on the right. */
export function drawTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map((cell) => cut(cell ?? 'NULL')))
  const heads = columns.map(({ name }) => cut(name))
  const widths = heads.map((head, i) => Math.max(stringWidth(head), ...texts.map((row) => stringWidth(row[i] ?? ''))))
  const isNumber = columns.map(({ type }) => NUMBER.test(type))
  const line = (cells: readonly string[]) =>
    `│ ${cells.map((cell, i) => pad(cell, widths[i] ?? 0, isNumber[i] === true)).join(' │ ')} │`
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right
  return [rule('┌', '┬', '┐'), line(heads), rule('├', '┼', '┤'), ...texts.map(line), rule('└', '┴', '┘')].join('\n')
}

function pad(text: string, width: number, isNumber: boolean): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return isNumber ? space + text : text + space
}

/** Control characters could make the terminal do something. */
function cut(text: string): string {
  const plain = text.replaceAll(/\p{Cc}/gu, '·')
  return plain.length > WIDEST ? `${plain.slice(0, WIDEST - 1)}…` : plain
}

/** A line of RFC 4180, without its end; what there is not is empty, and an empty text is quoted. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map((cell) => (cell === null ? '' : quote(cell))).join(',')
}

function quote(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
