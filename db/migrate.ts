// Brings a database to the state that the services of this checkout expect: roles, schemas, tables.
import { fileURLToPath } from 'node:url'
import type { Client, Pool } from 'pg'
import { withClient } from './database.ts'
import { ensureRoles } from './roles.ts'
import { roleOf, SERVICES, type Service } from './services.ts'
import { readMigrations, type SqlFile } from './sql-files.ts'

export interface MigrateOptions {
  /** Of a user who may create roles and schemas, in the database to prepare. */
  adminUrl: string
  /** The password that each service's role gets. */
  passwords: Readonly<Record<Service, string>>
  /** Where a folder of numbered SQL files lies for each service; `db/` if left out. */
  folder?: string
  /** How long one attempt of a migration waits for a lock, in milliseconds. */
  lockTimeoutMs?: number
  /** How many migrations of each service to run, to make a database as an earlier release had it; all if left out. */
  levels?: Readonly<Record<Service, number>>
}

/** The URL by which each service connects, as its own role. */
export type ServiceUrls = Readonly<Record<Service, string>>

/** Only one migrates a database at a time; a number that nobody else uses for an advisory lock. */
export const MIGRATION_LOCK = 7_205_831_164

/**
 * Makes roles and schemas, and runs each service's new migrations as that service's role, each file in a
 * transaction of its own. Safe to run again, and by several at once.
 * @throws Error where a migration that was run is not the one in the folder any more, or is of a later release
 */
export async function migrate(options: MigrateOptions): Promise<ServiceUrls> {
  const folder = options.folder ?? fileURLToPath(new URL('.', import.meta.url))
  const urls = serviceUrls(options.adminUrl, options.passwords)
  await withClient(options.adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await ensureRoles(client, options.passwords)
    for (const service of SERVICES) {
      await migrateService(service, urls[service], folder, options)
    }
  })
  return urls
}

/** The services' own URLs of the database that `adminUrl` names. */
export function serviceUrls(adminUrl: string, passwords: Readonly<Record<Service, string>>): ServiceUrls {
  const urlOf = (service: Service) => {
    const url = new URL(adminUrl)
    url.username = roleOf(service)
    url.password = encodeURIComponent(passwords[service])
    return url.href
  }
  return { jobs: urlOf('jobs'), gpus: urlOf('gpus'), usage: urlOf('usage') }
}

async function migrateService(
  service: Service,
  url: string,
  folder: string,
  { levels, lockTimeoutMs }: MigrateOptions,
): Promise<void> {
  const files = (await readMigrations(`${folder}/${service}`)).slice(0, levels?.[service])
  const run = await withClient(url, (client) => releasedMigrations(client, service))
  const fault = releaseFault(run, files)
  if (fault) throw new Error(`The migrations of ${service} do not fit the database: ${fault}`)
  if (run.length === files.length) return
  // Loaded only where there is work for it: most starts have none, and it costs time and memory.
  const { runMigrations } = await import('./run-migrations.ts')
  await runMigrations({ service, url, files, ...(lockTimeoutMs === undefined ? {} : { lockTimeoutMs }) })
}

/** A migration, as it is or as it was when it was run. */
export type Released = Pick<SqlFile, 'name' | 'sha256' | 'needs'>

/** The migrations of a service that were run, as they were then. */
export async function releasedMigrations(client: Client | Pool, service: Service): Promise<Released[]> {
  const table = `${service}.migration_checksums`
  const { rows: known } = await client.query('SELECT to_regclass($1) IS NOT NULL AS known', [table])
  if (!known[0]?.known) return []
  const { rows } = await client.query<Released>(
    // The first databases have no column for the last of these.
    `SELECT name, sha256, coalesce((to_jsonb(m) ->> 'needs')::integer, 0) AS needs FROM ${table} m ORDER BY name`,
  )
  return rows
}

/**
 * What is wrong with the files, given those that were run in the order of their names; undefined if nothing
 * is. A migration is never edited once it was run: databases that have it would differ from new ones.
 */
export function releaseFault(
  run: readonly Pick<Released, 'name' | 'sha256'>[],
  files: readonly Pick<Released, 'name' | 'sha256'>[],
): string | undefined {
  for (const [index, { name, sha256 }] of run.entries()) {
    const file = files[index]
    if (!file) return `${name}.sql was run but is not here; the database belongs to a newer version. ${WHAT_TO_DO}`
    if (file.name !== name) return `${name}.sql was run, but its place is taken by ${file.name}.sql.`
    if (file.sha256 !== sha256) return `${name}.sql was changed after it was run. Undo that, and write a new migration.`
  }
  return undefined
}

/** Migrations only go forward. */
const WHAT_TO_DO = 'Start that version, or restore a backup from before its upgrade (docs/upgrade.md).'
