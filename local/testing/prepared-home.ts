// A database that is there already, for stacks of tests: making it takes a first start half of its time.
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { startPostgres } from '../postgres/postgres.ts'
import { findPlace } from '../postgres/postgres-place.ts'
import { repositoryRoot } from '../repository.ts'
import { makeSecrets, type Secrets } from '../secrets.ts'
import { prepareDatabase } from '../stack/servers.ts'
import { makeTestHome, removeTestHome } from './test-home.ts'

const FOLDER = path.join(repositoryRoot, '.cache', 'prepared-homes')

/** Nobody copies one that is so old any more, in milliseconds. */
const OLD_MS = 2 * 86_400_000

/** What a prepared database follows from; its passwords are part of it. */
const SOURCES = ['db/*.ts', 'db/*/*.sql', 'local/postgres/*.ts', 'package-lock.json']

type Passwords = Pick<Secrets, 'postgresSuperuser' | 'databaseRoles'>

/** Gives a new home the migrated database that its first start would make, and secrets of which only those of it are shared. */
export async function fillHome(home: string): Promise<void> {
  const prepared = await preparedHome()
  const passwords: Passwords = JSON.parse(await readFile(path.join(prepared, 'passwords.json'), 'utf8'))
  const place = await findPlace(home, () => {})
  await copy(path.join(prepared, 'data'), path.join(place.folder, 'data'))
  await writeFile(path.join(home, 'secrets.json'), JSON.stringify({ ...makeSecrets(), ...passwords }), { mode: 0o600 })
}

async function preparedHome(): Promise<string> {
  const prepared = path.join(FOLDER, keyOfToday())
  if (existsSync(prepared)) return prepared
  const draft = path.join(FOLDER, `draft-${randomBytes(4).toString('hex')}`)
  await mkdir(draft, { recursive: true })
  try {
    await removeOld()
    await prepare(draft)
    await rename(draft, prepared)
  } catch (error) {
    if (!existsSync(prepared)) throw error // Otherwise another test file was quicker.
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return prepared
}

/** Those of earlier days, and drafts that a killed run has left. */
async function removeOld(): Promise<void> {
  for (const name of await readdir(FOLDER)) {
    const folder = path.join(FOLDER, name)
    if ((await stat(folder)).mtimeMs < Date.now() - OLD_MS) await rm(folder, { recursive: true, force: true })
  }
}

/** Of a day: there are tables that begin with the day on which they are made. */
function keyOfToday(): string {
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10))
  for (const file of SOURCES.flatMap((pattern) => globSync(pattern, { cwd: repositoryRoot })).sort())
    hash.update(file).update(readFileSync(path.join(repositoryRoot, file)))
  return hash.digest('hex').slice(0, 16)
}

async function prepare(draft: string): Promise<void> {
  const home = await makeTestHome()
  try {
    const secrets = makeSecrets()
    const { postgresSuperuser, databaseRoles } = secrets
    const postgres = await startPostgres({ home, password: postgresSuperuser, log: () => {}, durable: false })
    try {
      await prepareDatabase(postgres.adminUrl, undefined, secrets)
    } finally {
      await postgres.stop()
    }
    await copy(path.join(home, 'postgres', 'data'), path.join(draft, 'data'))
    const passwords: Passwords = { postgresSuperuser, databaseRoles }
    await writeFile(path.join(draft, 'passwords.json'), JSON.stringify(passwords), { mode: 0o600 })
  } finally {
    await removeTestHome(home)
  }
}

/** With owners and modes, which Node's own copy leaves out. */
async function copy(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-Rp', from, to])
}
