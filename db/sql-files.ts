// The numbered SQL files of a service: `<folder>/0001_what_it_does.sql`, each one migration.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

export interface SqlFile {
  /** `0001_jobs`, without the ending. */
  name: string
  sql: string
  sha256: string
  /**
   * The number of the migration that programs must know to work on beside this one; 0 for any. Its first line says so
   * where something goes, and why that may be: `-- contract since 0016: nothing reads jobs.colour any more`.
   */
  needs: number
}

const CONTRACT = /^-- contract since (\d{4}): \S/

const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/

/**
 * The files in the order of their numbers; none where the folder is not there.
 * @throws Error for a name that is not as above, or a number that comes twice or leaves a gap
 */
export async function readMigrations(folder: string): Promise<SqlFile[]> {
  const names = await sqlNames(folder)
  names.forEach((name, index) => {
    if (!FILE_NAME.test(name))
      throw new Error(`${path.join(folder, name)}: a migration is named like 0001_what_it_does.sql`)
    if (Number(name.slice(0, 4)) !== index + 1) {
      throw new Error(
        `${path.join(folder, name)}: migrations are numbered 0001, 0002, … without a gap; this should be ${index + 1}`,
      )
    }
  })
  return Promise.all(names.map((name) => readSql(folder, name)))
}

/** The files named `<prefix>_….sql`, by name. */
export async function readSqlFiles(folder: string, prefix: string): Promise<SqlFile[]> {
  const names = (await sqlNames(folder)).filter((name) => name.startsWith(`${prefix}_`))
  return Promise.all(names.map((name) => readSql(folder, name)))
}

async function sqlNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function readSql(folder: string, name: string): Promise<SqlFile> {
  const sql = await readFile(path.join(folder, name), 'utf8')
  return {
    name: name.slice(0, -'.sql'.length),
    sql,
    sha256: createHash('sha256').update(sql).digest('hex'),
    needs: Number(CONTRACT.exec(sql)?.[1] ?? 0),
  }
}
