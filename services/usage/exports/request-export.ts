// Somebody asks for a file of the ledger, looks how far it is, or calls it off.
import { randomUUID } from 'node:crypto'
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { ConstellationError, invalidInput, type Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import type { RequestUsageExportInput, UsageExport } from '../generated/resolvers.ts'
import { readAsked } from '../report/asked.ts'
import { EXPORT, type ExportRow, type ExportWanted, KEPT } from './export-row.ts'
import { FORMS } from './formats.ts'
import type { SignLink } from './sign-link.ts'
import { toUsageExport } from './to-usage-export.ts'

/** How many a person may have: that are not done, and in all; and of what size in all, in bytes. */
const MOST = { unfinished: 5, kept: 20, bytes: 10 * 2 ** 30 }
const HOUR_MS = 3_600_000
const FOCUS_DAYS = 400

/** What is done with exports, for whoever asks. */
export function createExports(pool: Pool, sign: SignLink) {
  return {
    /** @throws ConstellationError BAD_USER_INPUT, FORBIDDEN, RATE_LIMITED */
    async request(who: Principal, input: RequestUsageExportInput): Promise<UsageExport> {
      const { range, filter, sees } = readAsked(who, { range: input.range ?? null, filter: input.filter ?? null })
      const problems = problemsOf(input, range)
      if (problems.length > 0) throw invalidInput(problems)
      const wanted: ExportWanted = {
        range,
        filter,
        sees,
        from: input.range?.from ?? null,
        to: input.range?.to ?? null,
        withIdle: withIdle(who, input),
      }
      const row = await inTransaction(pool, async (client) => {
        await checkShare(client, who)
        return insert(client, who, input, wanted)
      })
      return toUsageExport(row, sign)
    },

    /** The newest first. */
    async list(who: Principal): Promise<UsageExport[]> {
      const rows = await query<ExportRow>(
        pool,
        'list-exports',
        `SELECT ${EXPORT} FROM exports WHERE $1 OR requested_by = $2 ORDER BY created_at DESC, id LIMIT 200`,
        [who.role === 'admin', who.id],
      )
      return rows.map((row) => toUsageExport(row, sign))
    },

    /** Null where there is none, or it is another's. */
    async find(who: Principal, id: string): Promise<UsageExport | null> {
      const row = await findRow(pool, who, id)
      return row ? toUsageExport(row, sign) : null
    },

    /** @throws ConstellationError NOT_FOUND */
    async cancel(who: Principal, id: string): Promise<UsageExport> {
      if (isUuid(id)) {
        await query(
          pool,
          'cancel-export',
          `UPDATE exports SET state = 'CANCELLED', finished_at = coalesce(finished_at, now()),
             expires_at = coalesce(expires_at, now() + ${KEPT}), claim = NULL, claimed_until = NULL, bytes = NULL
           WHERE id = $1 AND ($2 OR requested_by = $3) AND state IN ('QUEUED', 'WRITING', 'DONE')`,
          [id, who.role === 'admin', who.id],
        )
      }
      const row = await findRow(pool, who, id)
      if (!row) throw new ConstellationError('NOT_FOUND', `There is no export ${id}.`)
      return toUsageExport(row, sign)
    },
  }
}

export type Exports = ReturnType<typeof createExports>

function problemsOf({ format, range: given }: RequestUsageExportInput, range: ExportWanted['range']): Problem[] {
  const problems: Problem[] = []
  for (const end of ['from', 'to'] as const) {
    if (range[end] % HOUR_MS !== 0) problems.push({ path: `input.range.${end}`, message: 'must be a full hour of UTC' })
  }
  if (!FORMS[format].isFocus) return problems
  if (given?.from == null || given.to == null) {
    problems.push({ path: 'input.range', message: 'must have both ends for FOCUS' })
  } else if (range.to - range.from > FOCUS_DAYS * 24 * HOUR_MS) {
    problems.push({ path: 'input.range', message: `must be of at most ${FOCUS_DAYS} days for FOCUS` })
  }
  return problems
}

/** Nobody's time is seen by those who see all, where they ask for no user's. */
function withIdle({ role }: Principal, { format, filter }: RequestUsageExportInput): boolean {
  const seesAll = role === 'analyst' || role === 'operator' || role === 'admin'
  const { account, accounts, user, users, models } = filter ?? {}
  return seesAll && FORMS[format].isFocus && [account, accounts, user, users, models].every((names) => names == null)
}

/** @throws ConstellationError RATE_LIMITED */
async function checkShare(client: PoolClient, who: Principal): Promise<void> {
  await query(client, 'lock-exports', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [`exports ${who.id}`])
  const [has] = await query<{ unfinished: number; kept: number; bytes: string }>(
    client,
    'exports-of',
    `SELECT count(*) FILTER (WHERE finished_at IS NULL)::integer AS unfinished,
       count(*) FILTER (WHERE state <> 'CANCELLED')::integer AS kept, coalesce(sum(bytes), 0) AS bytes
     FROM exports WHERE requested_by = $1`,
    [who.id],
  )
  if (!has) throw new Error('A count has a row.')
  const refuse = (message: string) =>
    new ConstellationError('RATE_LIMITED', `${message} Cancel one first.`, { retryAfterSeconds: 60 })
  if (has.unfinished >= MOST.unfinished) throw refuse(`You have ${has.unfinished} exports that are not done.`)
  if (has.kept >= MOST.kept) throw refuse(`You have ${has.kept} exports, as many as one may have.`)
  if (Number(has.bytes) >= MOST.bytes) throw refuse('Your exports are as large as they may be in all.')
}

async function insert(
  client: PoolClient,
  who: Principal,
  { format }: RequestUsageExportInput,
  wanted: ExportWanted,
): Promise<ExportRow> {
  const [row] = await query<ExportRow>(
    client,
    'insert-export',
    `INSERT INTO exports (id, requested_by, format, question) VALUES ($1, $2, $3, $4) RETURNING ${EXPORT}`,
    [randomUUID(), who.id, format, JSON.stringify(wanted)],
  )
  if (!row) throw new Error('An export that was entered is not there.')
  return row
}

async function findRow(pool: Pool, who: Principal, id: string): Promise<ExportRow | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await query<ExportRow>(
    pool,
    'find-export',
    `SELECT ${EXPORT} FROM exports WHERE id = $1 AND ($2 OR requested_by = $3)`,
    [id, who.role === 'admin', who.id],
  )
  return row
}
