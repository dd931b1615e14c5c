// What a restored database has to be told, as what stood beside it is not there: messages under way, and files.
import type { Client } from 'pg'
import type { Manifest } from './manifest.ts'

/**
 * What was announced so shortly before the backup is announced again, in minutes: whoever keeps something of it may not
 * have done so at that moment, and knows by its id what it has already. What lay longer is found by `usage:rebuild`.
 */
const ANNOUNCE_AGAIN_MINUTES = 60

/** Services that start on this database afterwards come to the state that the backup's were in. */
export async function beginAnew(client: Client, { madeAt }: Manifest): Promise<void> {
  await client.query('BEGIN')
  for (const events of ['jobs.events', 'gpus.events', 'usage.events']) {
    await client.query(
      `UPDATE ${events} SET published_at = NULL WHERE published_at > $1::timestamptz - $2 * interval '1 minute'`,
      [madeAt, ANNOUNCE_AGAIN_MINUTES],
    )
  }
  // Transactions count anew: lakes are of another past, and are made anew, all of them.
  await client.query('DELETE FROM usage.stale_days')
  await client.query('DELETE FROM usage.lakes')
  // Files of exports are beside the database, and are written again from it.
  await client.query(
    `UPDATE usage.exports SET state = 'QUEUED', progress = 0, attempts = 0, claim = NULL, claimed_until = NULL, rows = NULL,
       bytes = NULL, sha256 = NULL, finished_at = NULL, expires_at = NULL
     WHERE state = 'WRITING' OR (state = 'DONE' AND expires_at > now())`,
  )
  await client.query(`DELETE FROM usage.exports WHERE state = 'DONE'`)
  await client.query('COMMIT')
}

/** For who has lost the key: what nobody can decrypt any more goes. */
export async function leaveSecretsOut(client: Client): Promise<void> {
  await client.query('BEGIN; DELETE FROM jobs.webhooks; DELETE FROM jobs.secrets; COMMIT')
}
