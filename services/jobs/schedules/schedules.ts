// Jobs that are to be submitted again and again: saved, listed and ended here, and submitted by submit-due.ts.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import { mayChangeJob, maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { SaveScheduleInput, SubmitJobInput } from '../generated/resolvers.ts'
import { chooseAccount } from '../submission/choose-account.ts'
import { prepare } from '../submission/prepare.ts'
import { problemsOf } from '../submission/spec.ts'
import { requireSubmitter } from '../submit.ts'
import { cronFault, nextAfter } from './cron.ts'

export interface ScheduleRow {
  account: string
  name: string
  submittedBy: string
  cron: string
  timeZone: string
  enabled: boolean
  skipWhileRunning: boolean
  nextAt: Date | null
  lastJobId: string | null
  lastProblem: string | null
}

const COLUMNS = `account, name, submitted_by AS "submittedBy", cron, time_zone AS "timeZone", enabled,
  skip_while_running AS "skipWhileRunning", next_at AS "nextAt", last_job_id AS "lastJobId", last_problem AS "lastProblem"`
/** The most schedules of one account. */
const MOST = 1_000

const newSchedule = v.pipe(
  v.object({
    name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'must be 1 to 100 letters, digits or . _ -')),
    cron: v.pipe(v.string(), v.trim(), v.maxLength(200)),
    timeZone: v.nullish(v.string(), 'UTC'),
    enabled: v.nullish(v.boolean(), true),
    skipWhileRunning: v.nullish(v.boolean(), false),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    const fault = dataset.typed ? cronFault(dataset.value.cron, dataset.value.timeZone) : null
    if (!dataset.typed || !fault) return
    const path = { type: 'object', origin: 'value', input: dataset.value, key: fault.path, value: '' } as const
    addIssue({ message: fault.message, path: [path] })
  }),
)

/** What makes no sense for a job that is made again and again. */
const ONCE_ONLY = ['ref', 'dependsOn', 'after', 'startAt'] as const

/** Adds a schedule, or replaces the one of its name where the principal may change it. */
export async function saveSchedule(
  { who, pool }: Context,
  input: SaveScheduleInput,
): Promise<{ schedule: ScheduleRow } | { problems: Problem[] }> {
  requireSubmitter(who)
  const checked = v.safeParse(newSchedule, input)
  if (!checked.success) return { problems: problemsOf(checked.issues) }
  const payer = await checkJob(pool, who, input.job)
  if ('problems' in payer) return payer
  const { name, cron, timeZone, enabled, skipWhileRunning } = checked.output
  const [schedule] = await query<ScheduleRow>(
    pool,
    'save-schedule',
    `INSERT INTO schedules AS s (account, name, submitted_by, cron, time_zone, enabled, skip_while_running, input, next_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
     WHERE (SELECT count(*) FROM schedules WHERE account = $1 AND name <> $2) < $11
     ON CONFLICT (account, name) DO UPDATE
       SET submitted_by = excluded.submitted_by, cron = excluded.cron, time_zone = excluded.time_zone,
         enabled = excluded.enabled, skip_while_running = excluded.skip_while_running, input = excluded.input,
         next_at = excluded.next_at, last_problem = NULL
       WHERE s.submitted_by = $3 OR $10
     RETURNING ${COLUMNS}`,
    [
      payer.account,
      name,
      who.id,
      cron,
      timeZone,
      enabled,
      skipWhileRunning,
      JSON.stringify({ ...input.job, account: payer.account }),
      enabled ? nextAfter(cron, timeZone, new Date()) : null,
      mayChangeJob(who, { account: payer.account, submittedBy: '' }),
      MOST,
    ],
  )
  if (schedule) return { schedule }
  const message = `is that of somebody else's schedule, or one too many: an account has at most ${MOST}`
  return { problems: [{ path: 'name', message }] }
}

/** The account that pays, or all that would keep the job from being submitted now. */
async function checkJob(
  pool: Pool,
  who: Principal,
  job: SubmitJobInput,
): Promise<{ account: string } | { problems: Problem[] }> {
  const once = ONCE_ONLY.filter((field) => job[field] != null)
  if (once.length > 0) {
    return { problems: once.map((field) => ({ path: `job.${field}`, message: 'is not for a schedule' })) }
  }
  const prepared = await prepare(pool, who, [job])
  if ('problems' in prepared) {
    return { problems: prepared.problems.map(({ path, message }) => ({ path: path.replace(/^0?/, 'job'), message })) }
  }
  return chooseAccount(who, job.account)
}

/** True where there was one. @throws ConstellationError NOT_FOUND where it is not the principal's to change */
export async function deleteSchedule(
  { who, pool }: Context,
  account: string | null | undefined,
  name: string,
): Promise<boolean> {
  const owner = account ?? who.accounts[0] ?? ''
  if (owner.includes('\0') || name.includes('\0')) return false
  const [found] = await query<ScheduleRow>(
    pool,
    'find-schedule',
    `SELECT ${COLUMNS} FROM schedules WHERE account = $1 AND name = $2`,
    [owner, name],
  )
  if (!found || !maySeeJob(who, found)) return false
  if (!mayChangeJob(who, found)) throw new ConstellationError('FORBIDDEN', `The role ${who.role} changes no schedules.`)
  const gone = await query(
    pool,
    'delete-schedule',
    'DELETE FROM schedules WHERE account = $1 AND name = $2 RETURNING 1',
    [owner, name],
  )
  return gone.length > 0
}

/** The schedules that the principal may see, by name: the rule is that of the jobs that they submit. */
export async function listSchedules({ who, pool }: Context): Promise<ScheduleRow[]> {
  const seesAll = who.role === 'admin' || who.role === 'operator' || who.role === 'analyst'
  if (who.role === 'worker') return []
  return query<ScheduleRow>(
    pool,
    'list-schedules',
    `SELECT ${COLUMNS} FROM schedules WHERE $1 OR submitted_by = $2 OR account = ANY ($3) ORDER BY name, account`,
    [seesAll, who.id, who.role === 'account-manager' ? who.accounts : []],
  )
}
