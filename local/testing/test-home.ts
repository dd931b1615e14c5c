// Homes for tests, below the system's folder of temporary files. What a killed test run left is found and removed.
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeHome } from '../home.ts'
import { stopLeftoverNats } from '../nats/nats-server.ts'
import { stopLeftoverPostgres } from '../postgres/postgres.ts'
import { processIdentity } from '../setup/process-identity.mjs'

const PREFIX = 'constellation-test-'
const OWNER_FILE = 'owner.json'

/** A new home that belongs to this process. */
export async function makeTestHome(): Promise<string> {
  const home = await mkdtemp(path.join(await realpath(tmpdir()), PREFIX))
  await makeHome(home)
  await writeFile(
    path.join(home, OWNER_FILE),
    JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }),
  )
  return home
}

/** Removes the home and everything in it; its servers must have ended. */
export async function removeTestHome(home: string): Promise<void> {
  const data = path.join(home, 'postgres')
  // The data of a home that PostgreSQL's user cannot reach is elsewhere, with a link to it.
  if (existsSync(data) && lstatSync(data).isSymbolicLink())
    await rm(await realpath(data), { recursive: true, force: true })
  await rm(home, { recursive: true, force: true })
}

/** Ends and removes what test runs have left whose process is gone. */
export async function sweepTestHomes(): Promise<void> {
  const folder = await realpath(tmpdir())
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(PREFIX))) {
    const home = path.join(folder, name)
    if (!(await isAbandoned(home))) continue
    await stopLeftoverPostgres(home, () => {})
    await stopLeftoverNats(home, () => {})
    await removeTestHome(home)
  }
}

async function isAbandoned(home: string): Promise<boolean> {
  try {
    const owner: { pid: number; identity: string } = JSON.parse(await readFile(path.join(home, OWNER_FILE), 'utf8'))
    return processIdentity(owner.pid) !== owner.identity
  } catch {
    return false // Being made just now, or another user's: not ours to judge.
  }
}
