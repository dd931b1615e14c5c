// Tables as files that spreadsheets open.

export type CsvCell = string | number | null | undefined

/** Rows as CSV by RFC 4180, with a heading each. What a spreadsheet would take for a formula is made plain text. */
export function toCsv(headings: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [headings, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** An exact amount, which a number of JavaScript would round. */
const IS_DECIMAL = /^-\d+(\.\d+)?$/

function cell(value: CsvCell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  // A quote before such a sign is told from ours by one quote more.
  const plain = /^'*[=+\-@\t\r]/.test(value) && !IS_DECIMAL.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
