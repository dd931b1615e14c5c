// Fills the tables of a database that was just migrated to the backup's level.
import { type Client, escapeIdentifier, escapeLiteral } from 'pg'
import { roleOf, SERVICES, type Service } from '../services.ts'
import { loadTable, qualified } from './copy-files.ts'
import type { Manifest, ServicePart } from './manifest.ts'
import { spreadOver, useUpTransactions } from './spread-transactions.ts'

/**
 * Numbers of events go on so far behind those of the backup. What happened after it had numbers of its own, by which
 * others (whoever gets webhooks) know it: none of them is given again.
 */
const EVENTS_APART = 1_000_000_000n

/** One transaction: all of it is there, or nothing. */
export async function loadServices(client: Client, folder: string, manifest: Manifest): Promise<void> {
  const first = await useUpTransactions(
    client,
    SERVICES.flatMap((service) => manifest.services[service].tables),
  )
  await client.query('BEGIN')
  // Whether the rows fit together is looked at once, when the keys are made again.
  for (const service of SERVICES) {
    const { tables, sequences } = manifest.services[service]
    // Whoever makes partitions owns them.
    await client.query(`SET LOCAL ROLE ${escapeIdentifier(roleOf(service))}`)
    await client.query(`SET LOCAL search_path = ${escapeIdentifier(service)}`)
    const keys = await dropForeignKeys(client, service)
    for (const { name, partitions } of tables) {
      // Triggers have done their work already: what they write is in the backup, too.
      await client.query(`ALTER TABLE ${qualified(service, name)} DISABLE TRIGGER USER`)
      // First rows that migrations enter are in the backup, as they are by now.
      await client.query(`TRUNCATE ${qualified(service, name)}`)
      for (const partition of partitions) await makePartition(client, service, name, partition)
    }
    for (const table of tables) {
      const place = { folder, service, compression: manifest.compression }
      await spreadOver(client, { service, table: table.name, first }, () => loadTable(client, place, table))
      await client.query(`ALTER TABLE ${qualified(service, table.name)} ENABLE TRIGGER USER`)
    }
    for (const statement of keys) await client.query(statement)
    for (const sequence of sequences) await setSequence(client, service, sequence)
  }
  await client.query('COMMIT')
  // Without this the planner knows nothing of what has come.
  await client.query(`RESET ROLE; ANALYZE ${allTables(manifest)}`)
}

/** Drops them, and returns the statements that make them again. */
async function dropForeignKeys(client: Client, service: Service): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; add: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS add
     FROM pg_constraint WHERE contype = 'f' AND connamespace = $1::regnamespace AND conparentid = 0`,
    [service],
  )
  for (const { drop } of rows) await client.query(drop)
  return rows.map(({ add }) => add)
}

async function makePartition(
  client: Client,
  service: Service,
  parent: string,
  { name, bounds }: ServicePart['tables'][number]['partitions'][number],
): Promise<void> {
  await client.query(`CREATE TABLE ${qualified(service, name)} (LIKE ${qualified(service, parent)} INCLUDING ALL)`)
  await client.query(`ALTER TABLE ${qualified(service, parent)} ATTACH PARTITION ${qualified(service, name)} ${bounds}`)
}

async function setSequence(
  client: Client,
  service: Service,
  { table, column, last, called }: ServicePart['sequences'][number],
): Promise<void> {
  const value = table === 'events' ? BigInt(last) + EVENTS_APART : BigInt(last)
  const name = `${escapeIdentifier(service)}.${escapeIdentifier(table)}`
  await client.query(
    `SELECT setval(pg_get_serial_sequence(${escapeLiteral(name)}, ${escapeLiteral(column)}), $1, $2)`,
    [value.toString(), called],
  )
}

function allTables(manifest: Manifest): string {
  return SERVICES.flatMap((service) =>
    manifest.services[service].tables.map(({ name }) => qualified(service, name)),
  ).join(', ')
}
