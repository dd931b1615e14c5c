// Which jobs a list has, as conditions of SQL on the table `jobs` as `j`.
import { invalidInput } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import { readInstant } from '@constellation/platform/instants.ts'
import { containing } from '@constellation/platform/pages.ts'
import type { JobState as GraphJobState, JobFilter, JobSearch } from '../generated/resolvers.ts'
import { type JobState, jobHasEnded } from '../state.ts'
import { searchWords } from './search-text.ts'

/** A condition with a `?` for each of its values. */
export interface Condition {
  sql: string
  values: readonly unknown[]
}

const NONE: Condition = { sql: 'false', values: [] }
const LONGEST_TEXT = 1_000

/** As a question, the rule of `maySeeJob`. */
export function visibleTo(who: Principal): Condition[] {
  switch (who.role) {
    case 'admin':
    case 'operator':
    case 'analyst':
      return []
    case 'account-manager':
      return [{ sql: '(j.account = ANY (?) OR j.submitted_by = ?)', values: [who.accounts, who.id] }]
    case 'user':
      return [{ sql: 'j.submitted_by = ?', values: [who.id] }]
    case 'worker':
      return [NONE]
  }
}

/**
 * All must hold. `oneByOne` is for a list that goes through jobs of which many are queued, so that the first few are soon found.
 * @throws ConstellationError BAD_USER_INPUT for an instant that is none, and for a text that is too long
 */
export function matching(filter: JobFilter, search: JobSearch, oneByOne = false): Condition[] {
  const texts = [filter.account, filter.submittedBy, filter.name, search.text, search.gpuModel, search.template]
  // No stored text holds a NUL, and PostgreSQL refuses to compare with one.
  if (texts.some((text) => text?.includes('\0'))) return [NONE]
  return [
    ...(filter.states
      ? inStates(
          filter.states.map((state) => STATES[state]),
          oneByOne,
        )
      : []),
    ...given(filter.account, (account) => ({ sql: 'j.account = ?', values: [account] })),
    ...given(filter.submittedBy, (name) => ({ sql: 'j.submitted_by = ?', values: [name] })),
    // The second condition follows from the first, and has an index.
    ...given(filter.name, (name) => ({
      sql: `j.name ILIKE ? AND ${TEXT} LIKE lower(?)`,
      values: [containing(name), containing(name)],
    })),
    ...given(filter.array, (array) => (isUuid(array) ? { sql: 'j.array_id = ?', values: [array] } : NONE)),
    ...(search.text == null ? [] : withWords(search.text)),
    ...given(search.gpuModel, (model) => ({
      sql: `lower(j.gpu_model) = lower(?) AND j.gpu_model <> ''`,
      values: [model],
    })),
    ...given(search.gpu, (gpu) => (isUuid(gpu) ? { sql: ON_GPU, values: [gpu] } : NONE)),
    ...given(search.template, (template) => ({ sql: 'j.template = ?', values: [template] })),
    ...given(search.createdFrom, (from) => ({ sql: 'j.created_at >= ?', values: [instant('createdFrom', from)] })),
    ...given(search.createdBefore, (to) => ({ sql: 'j.created_at < ?', values: [instant('createdBefore', to)] })),
  ]
}

/** True where few jobs can match, however many there are. */
export function areFew(filter: JobFilter): boolean {
  return filter.array != null || (filter.states?.every((state) => !jobHasEnded(STATES[state])) ?? false)
}

function given<Value>(value: Value | null | undefined, condition: (value: Value) => Condition): Condition[] {
  return value == null ? [] : [condition(value)]
}

const STATES: Readonly<Record<GraphJobState, JobState>> = {
  QUEUED: 'queued',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

/** A job that is claimed and has not started yet is queued, too. Not `UNION ALL`, of which the planner expects 200 jobs. */
const QUEUED = 'j.id IN (SELECT job_id FROM queue UNION SELECT job_id FROM leases)'
/** The same, seen to for each job as it comes, which no planner turns round. */
const QUEUED_ONE_BY_ONE = `(EXISTS (SELECT FROM queue WHERE job_id = j.id OFFSET 0)
  OR EXISTS (SELECT FROM leases WHERE job_id = j.id OFFSET 0))`
/** By leases alone: the queue may be a thousand times as long. */
const RUNNING = 'j.id IN (SELECT job_id FROM leases)'
const ON_GPU = 'j.id IN (SELECT r.job_id FROM run_gpus g JOIN runs r ON r.id = g.run_id WHERE g.gpu_id = ?)'

/** Of `jobs_text`, as PostgreSQL must be told it word for word. */
const TEXT = 'job_text(j.name, j.params, j.submitted_by, j.account)'

/**
 * `state` is in no index: jobs that are open, or that ended badly, are found by what else tells of them. What that leaves
 * is put in a way that the planner makes nothing of: it would take one for as rare among the others as among all jobs, and
 * sooner read the whole table than follow an index to the first few.
 */
function inStates(states: readonly JobState[], oneByOne: boolean): Condition[] {
  if (states.includes('completed')) return [{ sql: 'j.state = ANY (?)', values: [states] }]
  const queued = oneByOne ? QUEUED_ONE_BY_ONE : QUEUED
  const open = states.includes('queued') ? [queued] : states.includes('running') ? [RUNNING] : []
  const bad = states.some(jobHasEnded) ? ['j.unsuccessful'] : []
  const found = `(${[...open, ...bad].join(' OR ') || 'false'})`
  return [{ sql: `${found} AND CASE WHEN j.state = ANY (?) THEN true END`, values: [states] }]
}

function withWords(text: string): Condition[] {
  if (text.length > LONGEST_TEXT) {
    throw invalidInput([{ path: 'search.text', message: `must have at most ${LONGEST_TEXT} characters` }])
  }
  return searchWords(text).map(({ pattern, ids }) => {
    if (!ids) return { sql: `${TEXT} LIKE ?`, values: [pattern] }
    return { sql: `(${TEXT} LIKE ? OR j.id BETWEEN ? AND ?)`, values: [pattern, ids.least, ids.greatest] }
  })
}

function instant(path: string, text: string): string {
  const at = readInstant(text)
  if (at !== null) return at
  throw invalidInput([{ path: `search.${path}`, message: 'must be an instant such as 2026-01-31T12:00:00.000Z' }])
}
