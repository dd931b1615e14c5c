// Lists by pages: the cursor, and how a text filter becomes a pattern.
import * as v from 'valibot'
import { invalidInput } from './errors.ts'

export interface Page<Row> {
  nodes: Row[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/**
 * How many rows to read for a page of `first`: one more tells whether there is a next page.
 * @throws ConstellationError BAD_USER_INPUT unless `first` is from 1 to `most`
 */
export function rowsFor(first: number, most: number): number {
  if (first < 1 || first > most) throw invalidInput([{ path: 'first', message: `must be from 1 to ${most}` }])
  return first + 1
}

/** The page of the rows that `rowsFor` asked for; a cursor is the values that the list is ordered by. */
export function pageOf<Row>(
  rows: readonly Row[],
  first: number,
  cursorOf: (row: Row) => readonly unknown[],
): Page<Row> {
  const nodes = rows.slice(0, first)
  const last = nodes.at(-1)
  const endCursor = last ? writeCursor(cursorOf(last)) : null
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } }
}

/** A cursor that holds these values, for whoever continues after them. */
export function writeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The values in a cursor. @throws ConstellationError BAD_USER_INPUT where it is none */
export function readCursor<const Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), Buffer.from(text, 'base64url').toString())
  if (!result.success) throw invalidInput([{ path: 'after', message: 'is no cursor of a page before' }])
  return result.output
}

/** A text in a cursor, as PostgreSQL can compare with it. */
export const cursorText = v.pipe(v.string(), v.excludes('\0'))

/** The LIKE pattern for texts that contain this one. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
