// What there is to back up of a service, as the catalog of PostgreSQL tells it: so no table can be forgotten.
import type { Client } from 'pg'
import { releasedMigrations } from '../migrate.ts'
import type { Service } from '../services.ts'
import type { ServicePart, TablePart } from './manifest.ts'

/** What migrations keep of themselves: it comes about again when they are run. */
const OF_MIGRATIONS = ['migrations', 'migration_checksums']

export type Described = Omit<ServicePart, 'tables'> & {
  tables: Pick<TablePart, 'name' | 'columns' | 'partitions'>[]
}

/** @throws Error where the service has no tables here */
export async function describeService(client: Client, service: Service): Promise<Described> {
  const migrations = await releasedMigrations(client, service)
  if (migrations.length === 0) throw new Error(`The database has nothing of ${service}: no migration was run there.`)
  const tables = await tablesOf(client, service)
  return {
    migrations: migrations.map(({ name, sha256 }) => ({ name, sha256 })),
    tables,
    sequences: await sequencesOf(client, service),
  }
}

/**
 * Columns that are generated follow from the others. Those of type xid8 name transactions of this server, which mean
 * nothing on another one: a restore gives others.
 */
async function tablesOf(client: Client, service: Service): Promise<Described['tables']> {
  const { rows } = await client.query<Described['tables'][number]>(
    `SELECT c.relname AS name,
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
          AND a.atttypid <> 'xid8'::regtype) AS columns,
       coalesce((SELECT json_agg(json_build_object('name', p.relname, 'bounds', pg_get_expr(p.relpartbound, p.oid)) ORDER BY p.relname)
        FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = c.oid), '[]') AS partitions
     FROM pg_class c
     WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($2)
     ORDER BY c.relname`,
    [service, OF_MIGRATIONS],
  )
  return rows
}

/** They are no part of a snapshot: read after it was taken, they are never behind the rows. */
async function sequencesOf(client: Client, service: Service): Promise<ServicePart['sequences']> {
  const { rows: owned } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT c.relname AS "table", a.attname AS "column",
       pg_get_serial_sequence(format('%I.%I', $1::text, c.relname), a.attname) AS sequence
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($2)
       AND a.attnum > 0 AND NOT a.attisdropped AND (a.attidentity <> '' OR a.atthasdef)
     ORDER BY 1, 2`,
    [service, OF_MIGRATIONS],
  )
  const sequences: ServicePart['sequences'] = []
  for (const { table, column, sequence } of owned) {
    if (sequence === null) continue
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${sequence}`,
    )
    for (const row of rows) sequences.push({ table, column, ...row })
  }
  return sequences
}
