// The database that a command of this machine is about: the one of DATABASE_URL, or that of this machine's stack, which
// may run or not.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Target } from '@constellation/db/backup/run-restore.ts'
import { ensureDatabase } from '@constellation/db/database.ts'
import { readConfig } from '@constellation/platform/config.ts'
import * as v from 'valibot'
import { readStackConfig } from '../config.ts'
import { lockHome, makeHome } from '../home.ts'
import { startNats } from '../nats/nats-server.ts'
import { runningPostgres, startPostgres } from '../postgres/postgres.ts'
import { loadSecrets, type Secrets } from '../secrets.ts'
import { stackRuns } from '../stack/leftovers.ts'
import { DATABASE } from '../stack/servers.ts'

const password = v.optional(v.pipe(v.string(), v.minLength(12)))

/** Of a place with servers of its own, as for `npm run migrate`. */
const placeSettings = v.object({
  JOBS_DATABASE_PASSWORD: password,
  GPUS_DATABASE_PASSWORD: password,
  USAGE_DATABASE_PASSWORD: password,
  SECRETS_KEY: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
})

type Use = 'read' | 'replace'

/**
 * Opens it to be read while everything goes on, or to be replaced while nothing does.
 * @throws Error where there is none, or where it is in use and to be replaced
 */
export async function openTheDatabase(use: Use, log: (line: string) => void): Promise<Target> {
  const { CONSTELLATION_HOME: home, DATABASE_URL: url, NATS_URL: natsUrl } = readStackConfig()
  const place = readConfig(placeSettings)
  const { JOBS_DATABASE_PASSWORD: jobs, GPUS_DATABASE_PASSWORD: gpus, USAGE_DATABASE_PASSWORD: usage } = place
  if (url !== undefined && jobs !== undefined && gpus !== undefined && usage !== undefined) {
    const passwords = { jobs, gpus, usage }
    return { adminUrl: url, passwords, secretsKey: place.SECRETS_KEY, natsUrl, close: async () => {} }
  }
  if (use === 'replace' && (await stackRuns(home))) {
    throw new Error(`The stack of ${home} runs. Stop it before a restore.`)
  }
  if (use === 'read' && url === undefined && !existsSync(path.join(home, 'postgres'))) {
    throw new Error(`There is no stack in ${home}. Set CONSTELLATION_HOME to its home, or DATABASE_URL to a database.`)
  }
  return openHome(home, use, { url, natsUrl }, log)
}

/** Of a home whose stack may be brought servers of the user's own. */
async function openHome(
  home: string,
  use: Use,
  own: { url: string | undefined; natsUrl: string | undefined },
  log: (line: string) => void,
): Promise<Target> {
  await makeHome(home)
  const secrets = await loadSecrets(home)
  const known = {
    passwords: secrets.databaseRoles,
    secretsKey: secrets.jobs,
    natsUrl: own.natsUrl,
  }
  const close = async () => {}
  if (use === 'read') {
    const running = own.url ?? (await databaseOfRunning(home, secrets))
    if (running !== undefined) return { ...known, adminUrl: running, close }
  }
  return startServers(home, use, own, { secrets, known, log })
}

async function databaseOfRunning(home: string, secrets: Secrets): Promise<string | undefined> {
  const server = (await stackRuns(home)) ? await runningPostgres(home, secrets.postgresSuperuser) : undefined
  return server === undefined ? undefined : ensureDatabase(server, DATABASE)
}

/** Starts what the home has of its own, for as long as it is used; nobody else starts it meanwhile. */
async function startServers(
  home: string,
  use: Use,
  own: { url: string | undefined; natsUrl: string | undefined },
  {
    secrets,
    known,
    log,
  }: {
    secrets: Secrets
    known: Omit<Target, 'adminUrl' | 'close'>
    log: (line: string) => void
  },
): Promise<Target> {
  const closers = [lockHome(home)].map((lock) => async () => lock.release())
  const close = async () => {
    for (const undo of closers.toReversed()) await undo()
  }
  try {
    let adminUrl = own.url
    if (adminUrl === undefined) {
      const postgres = await startPostgres({ home, password: secrets.postgresSuperuser, log })
      closers.push(() => postgres.stop())
      adminUrl = await ensureDatabase(postgres.adminUrl, DATABASE)
    }
    let { natsUrl } = known
    if (use === 'replace' && natsUrl === undefined) {
      const nats = await startNats({ home, keys: secrets.nats, log })
      closers.push(() => nats.stop())
      natsUrl = nats.servicesUrl
    }
    return { ...known, adminUrl, natsUrl, close }
  } catch (error) {
    await close()
    throw error
  }
}
