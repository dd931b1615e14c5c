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
   * Whether programs that do not know it cannot work any more once it was run. Its first line says so, and why:
   * `-- contract: <what went, and since which release nothing uses it>`.
   */
  contracts: boolean
}

const CONTRACT = /^-- contract: \S/

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
    contracts: CONTRACT.test(sql),
  }
}
