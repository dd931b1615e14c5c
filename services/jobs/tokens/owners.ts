// What the owners of tokens and webhooks may do now: a token of somebody who may do less than before does less too, and
// a webhook that may hear nothing more ends. Only their own
// requests say so, as nobody but the issuer knows its people: a token keeps what it had until its owner is seen.
import { query } from '@constellation/platform/database/database.ts'
import type { Principal, Role } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import { endWebhooks, noteWebhookOwner } from '../sql/webhook-rights.ts'

/** Roles of people, the one that may do least first. */
const BY_POWER: readonly Role[] = ['user', 'analyst', 'account-manager', 'operator', 'admin']

/** Of what a token was given and what its owner is now, the one that may do less. */
export function lowerRole(given: Role, present: Role): Role {
  return BY_POWER.indexOf(present) < BY_POWER.indexOf(given) ? present : given
}

/** People of whom it is remembered what was last noted. */
const REMEMBERED = 10_000

/** Notes what a person may do, where that has changed since this process last saw them. Nobody waits for it. */
export function createNoteOwner(pool: Pool, log: Logger): (who: Principal) => void {
  const noted = new Map<string, string>()
  return (who) => {
    // A token speaks for less than its owner, and workers have none.
    if (who.scopes || who.role === 'worker') return
    const present = `${who.role} ${who.accounts.join(' ')}`
    if (noted.get(who.id) === present) return
    if (noted.size >= REMEMBERED) noted.clear()
    noted.set(who.id, present)
    noteOwner(pool, who).catch((error: unknown) => {
      noted.delete(who.id)
      log.warn({ err: error }, 'could not note what an owner of tokens may do')
    })
  }
}

/** Has the person's tokens and webhooks do no more than the person. */
export async function noteOwner(pool: Pool, who: Principal): Promise<void> {
  const { id, role, accounts } = who
  await query(
    pool,
    'note-owner',
    `UPDATE api_tokens SET owner_role = $2, owner_accounts = $3
     WHERE owner = $1 AND role <> 'worker' AND revoked_at IS NULL AND (owner_role, owner_accounts) IS DISTINCT FROM ($2, $3::text[])`,
    [id, role, accounts],
  )
  await noteWebhookOwner(pool, who)
  await endWebhooks(pool)
}
