// Where the files of exports are, and how long.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { query } from '@constellation/platform/database.ts'
import type { Pool } from 'pg'
import type { ExportRow } from './export-row.ts'
import { FORMS } from './formats.ts'

const FOLDER = 'exports'

/** The file of an attempt, within the lake's directory; that of another attempt is another. */
export function fileOf({ id, claim, format }: Pick<ExportRow, 'id' | 'claim' | 'format'>): string {
  return join(FOLDER, `${id}_${claim}.${FORMS[format].extension}`)
}

/** Removes exports whose time is over, and every file that belongs to none. */
export async function removeExpired(pool: Pool, directory: string): Promise<void> {
  await query(pool, 'remove-exports', 'DELETE FROM exports WHERE expires_at < now()')
  // Files first: one that is begun after that is in neither list.
  const names = await readdir(join(directory, FOLDER)).catch(() => [])
  const rows = await query<{ claim: string }>(
    pool,
    'export-claims',
    'SELECT claim FROM exports WHERE claim IS NOT NULL',
  )
  const needed = new Set(rows.map(({ claim }) => claim))
  for (const name of names) {
    const claim = /_([0-9a-f-]{36})\./.exec(name)?.[1]
    if (!claim || !needed.has(claim)) await rm(join(directory, FOLDER, name), { force: true })
  }
}
