// The data folder of PostgreSQL: made once, whole or not at all.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Place } from './postgres-place.ts'

/** The version of the packaged programs; data of another one would not start. */
const MAJOR = '18'

/** The superuser of a local stack. */
export const SUPERUSER = 'postgres'

/** A first folder of this name is one that initdb had not finished. */
const DRAFT = 'data.initdb-'

/** What PostgreSQL's programs see of the environment: nothing that could change their language or find another server. */
export const POSTGRES_ENV = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** This home's data folder; undefined before its first start. */
export async function dataFolderOf(home: string): Promise<string | undefined> {
  const data = path.join(home, 'postgres', 'data')
  return existsSync(data) ? realpath(data) : undefined
}

/**
 * The data folder, made at the first start with UTF-8, PostgreSQL's own C.UTF-8 locale and checksums.
 * @param password the superuser's, asked for by scram-sha-256 on every connection
 * @param durable false for tests: nothing is synced to the disk
 */
export async function makeCluster(place: Place, password: string, durable: boolean): Promise<string> {
  const data = path.join(place.folder, 'data')
  for (const entry of await readdir(place.folder)) {
    if (entry.startsWith(DRAFT)) await rm(path.join(place.folder, entry), { recursive: true, force: true })
  }
  if (existsSync(data)) {
    await checkVersion(data)
    return data
  }
  const draft = path.join(place.folder, `${DRAFT}${randomBytes(4).toString('hex')}`)
  await runInitdb(place, draft, password, durable)
  await rename(draft, data)
  if (durable) await syncFolder(place.folder)
  return data
}

async function checkVersion(data: string): Promise<void> {
  const version = (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim()
  if (version === MAJOR) return
  throw new Error(
    `The data in ${data} is of PostgreSQL ${version}; this stack has PostgreSQL ${MAJOR}. Move it away to start with an empty one.`,
  )
}

async function runInitdb(place: Place, draft: string, password: string, durable: boolean): Promise<void> {
  // Read by initdb as the user who runs it, so neither the command line nor the environment shows it.
  const passwordFile = `${draft}.password`
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' })
  if (place.owner) await chown(passwordFile, place.owner.uid, place.owner.gid)
  const args = [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  try {
    await promisify(execFile)(path.join(place.programs, 'initdb'), args, {
      ...place.owner,
      cwd: place.folder,
      env: POSTGRES_ENV,
    })
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : ''
    throw new Error(`PostgreSQL's initdb failed in ${place.folder}${said && `:\n${said}`}`, { cause })
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
