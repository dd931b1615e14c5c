// Where two records of the same thing differ: how often, and some examples.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'

export interface Differences {
  /** What was compared, such as `slices`. */
  what: string
  count: number
  /** In a line each, the first few. */
  examples: readonly string[]
  /** How much was compared, in words: that nothing differs says little where there was nothing. */
  compared?: string
}

const EXAMPLES = 5

/**
 * @param rows a SELECT of one text, `example`, for each difference
 * @param compared a SELECT of one text, `compared`
 */
export async function reconciledBy(
  client: PoolClient,
  what: string,
  rows: string,
  compared: string,
): Promise<Differences> {
  const differences = await differencesBy(client, what, rows)
  const [told] = await query<{ compared: string }>(client, null, compared)
  return { ...differences, ...told }
}

/** @param rows a SELECT of one text, `example`, for each difference */
export async function differencesBy(
  client: Pick<PoolClient, 'query'>,
  what: string,
  rows: string,
  values: readonly unknown[] = [],
): Promise<Differences> {
  const found = await query<{ example: string; count: number }>(
    client as PoolClient,
    null,
    `SELECT example, count(*) OVER ()::integer AS count FROM (${rows}) d ORDER BY example LIMIT ${EXAMPLES}`,
    values,
  )
  return { what, count: found[0]?.count ?? 0, examples: found.map(({ example }) => example) }
}

/** How many lines differ altogether. */
export function countOf(all: readonly Differences[]): number {
  return all.reduce((sum, { count }) => sum + count, 0)
}

/** A line for each comparison, with its examples below. */
export function describe(all: readonly Differences[]): string {
  return all
    .flatMap(({ what, count, examples, compared }) => [
      `${count === 0 ? 'same  ' : 'DIFFER'}  ${what}${count === 0 ? '' : `: ${count}`}${compared ? ` (${compared})` : ''}`,
      ...examples.map((example) => `          ${example}`),
      ...(count > examples.length && examples.length > 0 ? [`          and ${count - examples.length} more`] : []),
    ])
    .join('\n')
}
