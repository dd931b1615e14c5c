// First rows for a local stack: `seeds/<service>_what.sql`, run at every start, so each must be safe to repeat.
import { fileURLToPath } from 'node:url'
import { withClient } from './database.ts'
import type { ServiceUrls } from './migrate.ts'
import { SERVICES } from './services.ts'
import { readSqlFiles } from './sql-files.ts'

/** Runs each file in a transaction, as the role of the service that its name begins with. */
export async function seed(
  urls: ServiceUrls,
  folder = fileURLToPath(new URL('seeds', import.meta.url)),
): Promise<void> {
  for (const service of SERVICES) {
    const files = await readSqlFiles(folder, service)
    if (files.length === 0) continue
    await withClient(urls[service], async (client) => {
      for (const { name, sql } of files) {
        try {
          // Several statements in one query are one transaction.
          await client.query(sql)
        } catch (cause) {
          throw new Error(`The seed ${name}.sql failed.`, { cause })
        }
      }
    })
  }
}
