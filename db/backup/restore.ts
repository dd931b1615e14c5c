// Puts a backup into an empty database, and brings it to this release.
import { fileURLToPath } from 'node:url'
import { withClient } from '../database.ts'
import { migrate, releaseFault, type ServiceUrls } from '../migrate.ts'
import { SERVICES, type Service } from '../services.ts'
import { readMigrations } from '../sql-files.ts'
import { beginAnew, leaveSecretsOut } from './begin-anew.ts'
import { verifyTable } from './copy-files.ts'
import { loadServices } from './load-services.ts'
import { dropServices, requireNobody, requireRoom } from './make-room.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { recogniseKey } from './secrets-key.ts'

export interface RestoreOptions {
  /** Of a user who may create roles and schemas, in the database to restore to. */
  adminUrl: string
  /** The password that each service's role gets. */
  passwords: Readonly<Record<Service, string>>
  /** The backup. */
  folder: string
  /** Whether what the database has of ours is dropped before. */
  replace?: boolean
  /** What the services will decrypt secrets with, in hexadecimal digits. */
  secretsKey?: string | undefined
  /** Whether secrets and webhooks are left out, as the key that they were encrypted with is lost. */
  withoutSecrets?: boolean
  /** Where the migrations lie; `db/` if left out. */
  migrations?: string
  tell?(line: string): void
}

/**
 * Everything is checked before anything is changed. What fails after that leaves a database without anything of ours.
 * @throws Error saying why nothing was restored
 */
export async function restore(options: RestoreOptions): Promise<{ manifest: Manifest; urls: ServiceUrls }> {
  const { adminUrl, folder, tell = () => {} } = options
  const manifest = await readManifest(folder)
  await requireKnown(manifest, options.migrations ?? fileURLToPath(new URL('..', import.meta.url)))
  requireKey(manifest, options)
  await verify(folder, manifest)
  tell(`The backup of ${manifest.madeAt}, of release ${manifest.release}, is whole.`)
  await withClient(adminUrl, async (client) => {
    await requireNobody(client)
    if (options.replace) await dropServices(client)
    else await requireRoom(client)
  })
  try {
    return { manifest, urls: await fill(manifest, options) }
  } catch (error) {
    // What is half there would be taken for the whole by whoever starts the services.
    await withClient(adminUrl, dropServices)
    throw error
  }
}

async function fill(manifest: Manifest, options: RestoreOptions): Promise<ServiceUrls> {
  const { adminUrl, passwords, folder, migrations, tell = () => {} } = options
  const target = { adminUrl, passwords, ...(migrations !== undefined && { folder: migrations }) }
  await migrate({ ...target, levels: levelsOf(manifest) })
  await withClient(adminUrl, (client) => loadServices(client, folder, manifest))
  const urls = await migrate(target)
  await withClient(adminUrl, async (client) => {
    await beginAnew(client, manifest)
    if (options.withoutSecrets) await leaveSecretsOut(client)
  })
  const all = SERVICES.flatMap((service) => manifest.services[service].tables)
  tell(`${all.reduce((rows, table) => rows + table.rows, 0)} rows of ${all.length} tables are there again.`)
  return urls
}

function levelsOf({ services: { jobs, gpus, usage } }: Manifest): Record<Service, number> {
  return { jobs: jobs.migrations.length, gpus: gpus.migrations.length, usage: usage.migrations.length }
}

async function requireKnown(manifest: Manifest, migrations: string): Promise<void> {
  for (const service of SERVICES) {
    const fault = releaseFault(manifest.services[service].migrations, await readMigrations(`${migrations}/${service}`))
    if (fault) throw new Error(`The backup is of release ${manifest.release}, and does not fit this one: ${fault}`)
  }
}

function requireKey({ secretsKey, services }: Manifest, options: RestoreOptions): void {
  const sealed = services.jobs.tables.some(({ name, rows }) => ['secrets', 'webhooks'].includes(name) && rows > 0)
  if (!sealed || options.withoutSecrets || secretsKey === null || options.secretsKey === undefined) return
  if (recogniseKey(options.secretsKey) === secretsKey) return
  throw new Error(
    'The secrets in this backup are encrypted with another SECRETS_KEY than the one here. Put that key in its place ' +
      '(on one machine: the secrets.json of the home that the backup is of), or leave secrets and webhooks out with --without-secrets.',
  )
}

async function verify(folder: string, { services, compression }: Manifest): Promise<void> {
  for (const service of SERVICES) {
    for (const table of services[service].tables) await verifyTable({ folder, service, compression }, table)
  }
}
