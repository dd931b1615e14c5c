// What an answer becomes on the terminal or in a script.
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { COLUMNS } from '../columns.ts'
import { csvLine, drawTable } from './draw.ts'
import type { Answer, Cell } from './session.ts'

/** A person reads no more. */
const MOST_ROWS = 200

/** As a table; of many rows the first. Returns how many were shown, and whether there are more. */
export async function printTable({ columns, rows }: Answer, out: Writable): Promise<{ shown: number; more: boolean }> {
  const kept: Cell[][] = []
  let more = false
  for await (const piece of rows) {
    kept.push(...piece.slice(0, MOST_ROWS - kept.length))
    more = kept.length === MOST_ROWS && piece.length > 0
    if (more) break
  }
  out.write(`${drawTable(columns, kept)}\n`)
  return { shown: kept.length, more }
}

/** As CSV with a head, all of it, as fast as it is read. */
export async function printCsv({ columns, rows }: Answer, out: Writable): Promise<void> {
  out.write(`${csvLine(columns.map(({ name }) => name))}\n`)
  for await (const piece of rows) {
    const text = piece.map((row) => `${csvLine(row)}\n`).join('')
    if (!out.write(text)) await once(out, 'drain')
  }
}

/** The columns of `slices`, and what they mean. */
export function schemaTable(): string {
  const text = (name: string) => ({ name, type: 'VARCHAR' })
  return drawTable(
    [text('column of slices'), text('type'), text('')],
    COLUMNS.map(({ name, type, about }) => [name, type, about]),
  )
}
