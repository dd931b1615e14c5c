// Writes all that the services know into a folder, as it was at one moment, while they go on.
import { readFileSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import type { Client } from 'pg'
import { withClient } from '../database.ts'
import { MIGRATION_LOCK } from '../migrate.ts'
import { requireServer } from '../roles.ts'
import { SERVICES, type Service } from '../services.ts'
import { writeTable } from './copy-files.ts'
import { describeService } from './describe-service.ts'
import { type Compression, FORMAT, type Manifest, type ServicePart, writeManifest } from './manifest.ts'
import { recogniseKey } from './secrets-key.ts'

export interface BackUpOptions {
  /** Of a user who may read the tables of all services: the one who migrates. */
  adminUrl: string
  /** Where to write; made where it is missing. */
  folder: string
  /** What secrets are encrypted with, in hexadecimal digits: it is recognised again, and not written. */
  secretsKey?: string | undefined
  compression?: Compression
  /** Hears of each service once it is written; is waited for. */
  tell?(line: string): unknown
}

/**
 * One snapshot of the whole database, so nothing is in it twice or in part, however much happens meanwhile.
 * @throws Error where the folder is not empty, or the database is none of ours; what was written then is no backup
 */
export async function backUp(options: BackUpOptions): Promise<Manifest> {
  const { adminUrl, folder, secretsKey, compression = 'zstd' } = options
  await requireEmpty(folder)
  const manifest = await withClient(adminUrl, async (client): Promise<Manifest> => {
    await requireServer(client)
    await client.query(
      "SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET timezone = 'UTC'; SET bytea_output = 'hex'",
    )
    // No migration begins or ends meanwhile.
    await client.query('SELECT pg_advisory_lock_shared($1)', [MIGRATION_LOCK])
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { madeAt, postgres } = await present(client)
    const services: Partial<Record<Service, ServicePart>> = {}
    for (const service of SERVICES) services[service] = await writeService(client, service, { ...options, compression })
    await client.query('COMMIT')
    const { jobs, gpus, usage } = services
    if (!jobs || !gpus || !usage) throw new Error('A service was left out.')
    return {
      format: FORMAT,
      madeAt,
      release: RELEASE,
      postgres,
      secretsKey: secretsKey === undefined ? null : recogniseKey(secretsKey),
      compression,
      services: { jobs, gpus, usage },
    }
  })
  await writeManifest(folder, manifest)
  return manifest
}

const RELEASE: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0)
    throw new Error(`${folder} is not empty. Name a folder for this backup alone.`)
}

/** The first question of the transaction takes its snapshot. */
async function present(client: Client): Promise<{ madeAt: string; postgres: string }> {
  const { rows } = await client.query<{ madeAt: string; postgres: string }>(
    `SELECT to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "madeAt", current_setting('server_version') AS postgres`,
  )
  const [row] = rows
  if (!row) throw new Error('The database does not say what time it is.')
  return row
}

async function writeService(
  client: Client,
  service: Service,
  { folder, compression, tell }: BackUpOptions & { compression: Compression },
): Promise<ServicePart> {
  const described = await describeService(client, service)
  const tables: ServicePart['tables'] = []
  for (const table of described.tables) {
    tables.push(await writeTable(client, { folder, service, compression }, table))
  }
  await tell?.(`${service}: ${sum(tables, 'rows')} rows of ${tables.length} tables, ${megabytes(sum(tables, 'bytes'))}`)
  return { ...described, tables }
}

function sum(tables: ServicePart['tables'], what: 'rows' | 'bytes'): number {
  return tables.reduce((all, table) => all + table[what], 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
