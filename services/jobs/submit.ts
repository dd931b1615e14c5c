// Jobs enter the queue: what is asked for is checked, and stored with its events in one transaction.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError, invalidInput, type Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Pool } from 'pg'
import type { Context } from './context.ts'
import type { Job } from './entities.ts'
import { refuseWhatNobodyRuns } from './explain/refuse.ts'
import type { SubmitJobInput } from './generated/resolvers.ts'
import { JOB } from './sql/columns.ts'
import type { Submission } from './sql/insert-jobs.ts'
import { earlierJobs, submissionKey } from './submission/idempotency.ts'
import { prepare } from './submission/prepare.ts'
import { type Stored, store } from './submission/store.ts'

/** What a submission has made; `replayed` is true where an earlier one of its key has made them. */
export interface Submitted {
  /** The first of `jobs`. */
  job: Job
  jobs: Job[]
  replayed: boolean
}

const MOST_INPUTS = 1_000

/** The stored job, or the jobs of an array, or what is wrong with the input; then nothing was stored. */
export async function submitJob(
  context: Context,
  input: SubmitJobInput,
  idempotencyKey?: string | null,
): Promise<Submitted | { problems: Problem[] }> {
  const result = await submitAll(context, { asked: [input], inputs: [input], idempotencyKey })
  return 'problems' in result ? { problems: result.problems.map(ofOnlyInput) } : result
}

/** The same for up to 1000 inputs, all or none. Paths of problems begin such as `inputs.0.command`. */
export async function submitJobs(
  context: Context,
  inputs: readonly SubmitJobInput[],
  idempotencyKey?: string | null,
): Promise<Submitted | { problems: Problem[] }> {
  if (inputs.length < 1 || inputs.length > MOST_INPUTS) {
    throw invalidInput([{ path: 'inputs', message: `must be from 1 to ${MOST_INPUTS}` }])
  }
  const result = await submitAll(context, { asked: inputs, inputs, idempotencyKey })
  return 'problems' in result ? { problems: result.problems.map(ofBatch) } : result
}

/** @throws ConstellationError FORBIDDEN for roles that submit nothing */
export function requireSubmitter({ role }: Principal): void {
  if (role === 'worker' || role === 'analyst') {
    throw new ConstellationError('FORBIDDEN', `The role ${role} submits no jobs.`)
  }
}

/** What is submitted, all or none. */
interface Asked {
  /** What makes it the same submission where it is sent again with its key. */
  asked: readonly object[]
  inputs: readonly SubmitJobInput[] | { problems: Problem[] }
  /** The template that each job is said to come from, where its input does not name one. */
  templates?: readonly (string | null)[]
  idempotencyKey: string | null | undefined
}

/** Paths of problems begin with the position of the input, but for those that `inputs` has already. */
export async function submitAll(
  { who, pool, announce, keyKeptMs }: Context,
  { asked, inputs, templates, idempotencyKey }: Asked,
): Promise<Submitted | { problems: Problem[] }> {
  requireSubmitter(who)
  const key = submissionKey(who.id, idempotencyKey, asked, keyKeptMs)
  const by = { who, key, schedule: null }
  const stored = 'problems' in inputs ? inputs : await checkAndStore(pool, inputs, by, templates)
  if (stored !== 'key-taken' && 'jobs' in stored) {
    announce.queueGrew()
    return submitted(stored.jobs, false)
  }
  // Whatever is wrong by now: what the first submission of the key was given stays.
  const earlier = key && (await earlierJobs(pool, key))
  if (earlier) return replay(pool, earlier)
  if (stored !== 'key-taken') return stored
  throw new ConstellationError('UNAVAILABLE', 'The idempotency key ended in this moment. Try again.')
}

async function checkAndStore(
  pool: Pool,
  inputs: readonly SubmitJobInput[],
  by: Submission,
  templates: readonly (string | null)[] | undefined,
): Promise<Stored> {
  const prepared = await prepare(pool, by.who, inputs)
  if ('problems' in prepared) return prepared
  const refused = await refuseWhatNobodyRuns(pool, inputs)
  if (refused.length > 0) return { problems: refused }
  // Without arrays there is one job for each input.
  const jobs = templates ? prepared.jobs.map((job, i) => ({ ...job, template: templates[i] ?? null })) : prepared.jobs
  return store(pool, { ...prepared, jobs }, by)
}

async function replay(pool: Pool, ids: readonly string[]): Promise<Submitted> {
  const rows = await query<Job>(
    pool,
    'jobs-of-key',
    `SELECT ${JOB} FROM jobs j JOIN unnest($1::uuid[]) WITH ORDINALITY AS k (id, n) ON j.id = k.id ORDER BY k.n`,
    [ids],
  )
  return submitted(rows, true)
}

function submitted(jobs: Job[], replayed: boolean): Submitted {
  const [job] = jobs
  if (job) return { job, jobs, replayed }
  throw new ConstellationError('NOT_FOUND', 'The jobs of that submission are no longer kept.')
}

function ofOnlyInput({ path, message }: Problem): Problem {
  return { path: path.split('.').slice(1).join('.'), message }
}

function ofBatch({ path, message }: Problem): Problem {
  return { path: path === '' ? 'inputs' : `inputs.${path}`, message }
}
