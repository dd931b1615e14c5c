// Values that jobs are given and nobody is shown: written, replaced and removed, never read through the graph.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { SaveSecretInput } from '../generated/resolvers.ts'
import { chooseAccount } from '../submission/choose-account.ts'
import { problemsOf } from '../submission/spec.ts'
import { text, variableName } from '../submission/spec-fields.ts'
import { seal } from './seal.ts'

/** What may be known of a secret. */
export interface SecretRow {
  account: string
  name: string
  updatedAt: Date
  updatedBy: string
}

const COLUMNS = 'account, name, updated_at AS "updatedAt", updated_by AS "updatedBy"'
/** The most secrets of one account. */
const MOST = 1_000

const newSecret = v.object({
  name: variableName,
  value: v.pipe(text(65_536), v.minLength(1, 'must not be empty')),
})

/** Adds a secret to an account, or replaces its value. For whoever may submit jobs of the account. */
export async function saveSecret(
  { who, pool, secretsKey }: Context,
  input: SaveSecretInput,
): Promise<{ secret: SecretRow } | { problems: Problem[] }> {
  requireWriter(who)
  const checked = v.safeParse(newSecret, input)
  if (!checked.success) return { problems: problemsOf(checked.issues) }
  const payer = chooseAccount(who, input.account)
  if ('problems' in payer) return payer
  const place = { account: payer.account, name: checked.output.name }
  const [secret] = await query<SecretRow>(
    pool,
    'save-secret',
    `INSERT INTO secrets (account, name, sealed, updated_by)
     SELECT $1, $2, $3, $4
     WHERE (SELECT count(*) FROM secrets WHERE account = $1 AND name <> $2) < $5
     ON CONFLICT (account, name) DO UPDATE SET sealed = excluded.sealed, updated_by = excluded.updated_by, updated_at = now()
     RETURNING ${COLUMNS}`,
    [place.account, place.name, seal(secretsKey, place, checked.output.value), who.id, MOST],
  )
  if (secret) return { secret }
  return { problems: [{ path: 'name', message: `is one too many: an account has at most ${MOST} secrets` }] }
}

/** True where there was one. Jobs that wait for their start with it will fail. */
export async function deleteSecret(
  { who, pool }: Context,
  account: string | null | undefined,
  name: string,
): Promise<boolean> {
  requireWriter(who)
  const payer = chooseAccount(who, account)
  // An account that is not theirs has no secrets, as far as they may know.
  if ('problems' in payer || name.includes('\0')) return false
  const rows = await query(pool, 'delete-secret', 'DELETE FROM secrets WHERE account = $1 AND name = $2 RETURNING 1', [
    payer.account,
    name,
  ])
  return rows.length > 0
}

/** The secrets of the principal's accounts, or of all for those who see everything, by name. */
export async function listSecrets({ who, pool }: Context, account: string | null | undefined): Promise<SecretRow[]> {
  if (who.role === 'worker' || account?.includes('\0')) return []
  return query<SecretRow>(
    pool,
    'list-secrets',
    `SELECT ${COLUMNS} FROM secrets
     WHERE ($1::text[] IS NULL OR account = ANY ($1)) AND ($2::text IS NULL OR account = $2)
     ORDER BY account, name`,
    [seesAll(who) ? null : who.accounts, account ?? null],
  )
}

function seesAll({ role }: Principal): boolean {
  return role === 'admin' || role === 'operator' || role === 'analyst'
}

function requireWriter({ role }: Principal): void {
  if (role === 'worker' || role === 'analyst') {
    throw new ConstellationError('FORBIDDEN', `The role ${role} writes no secrets.`)
  }
}
