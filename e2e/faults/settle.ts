// Waits until all that follows from the jobs of one run has come to rest. What has not by then is for the checker to say.
import type { View } from './history.ts'
import type { Planned } from './plan.ts'
import type { Rig } from './rig.ts'
import type { StreamView } from './stream-view.ts'
import { until } from './until.ts'

const OPEN = `SELECT FROM jobs WHERE name = ANY ($1) AND state IN ('queued', 'running')`
const SILENT = `SELECT FROM events e JOIN jobs j ON j.id = e.job_id WHERE j.name = ANY ($1) AND e.published_at IS NULL`
const ENDED = `SELECT r.id, r.started_at IS NOT NULL AS started FROM runs r JOIN jobs j ON j.id = r.job_id
  WHERE j.name = ANY ($1) AND r.finished_at IS NOT NULL`
const RECORDED = 'SELECT count(*)::integer AS n FROM events WHERE run_id = ANY ($1)'
const ENDLESS = `SELECT FROM runs r WHERE r.id = ANY ($1)
  AND NOT EXISTS (SELECT FROM log_chunks c WHERE c.run_id = r.id AND c.is_end) AND coalesce(r.log_chunks, 1) > 0`

/** In milliseconds: the jobs may take so long to end, and then each of what follows, as their ledger, logs and last events. */
export interface Limits {
  limitMs: number
  settleMs: number
}

export async function settle(
  rig: Rig,
  plan: readonly Planned[],
  stream: StreamView,
  { limitMs, settleMs }: Limits,
): Promise<void> {
  const names = plan.map(({ name }) => name)
  const orLate = (what: string, is: () => Promise<boolean>, ms = settleMs) => until(what, is, ms).catch(() => undefined)
  const none = async (what: string, values: readonly unknown[]) =>
    (await rig.jobs.query(`SELECT EXISTS (${what}) AS some`, [values])).rows[0].some === false
  await orLate('all jobs have ended', () => none(OPEN, names), limitMs)
  await orLate('all events are published', () => none(SILENT, names))
  const { rows } = await rig.jobs.query<{ id: string; started: boolean }>(ENDED, [names])
  const started = rows.filter((run) => run.started).map((run) => run.id)
  await orLate('the ledger is whole', async () => {
    const recorded = await rig.usage.query(RECORDED, [started])
    return recorded.rows[0].n >= started.length
  })
  const ended = rows.map((run) => run.id)
  await orLate('the logs are whole', () => none(ENDLESS, ended))
  await orLate('the stream was heard to its end', async () => heardOf(stream, await versionsOf(rig, 'name', names)))
}

/** Waits until each of the jobs that are watched was heard of to its end by all who watch it. */
export async function settleViews(rig: Rig, viewsNow: () => readonly View[], { settleMs }: Limits): Promise<void> {
  const haveHeard = async () => {
    const views = viewsNow()
    const versions = await versionsOf(
      rig,
      'id',
      views.flatMap((view) => view.jobIds),
    )
    const last = new Map(versions.map(({ id, version }) => [id, version]))
    return views.every((view) => view.seen.at(-1)?.version === last.get(view.jobIds[0] ?? ''))
  }
  await until('every page has heard of the end', haveHeard, settleMs).catch(() => undefined)
}

async function versionsOf(rig: Rig, column: 'id' | 'name', values: readonly string[]) {
  const { rows } = await rig.jobs.query<{ id: string; version: number }>(
    `SELECT id, version FROM jobs WHERE ${column} = ANY ($1)`,
    [values],
  )
  return rows
}

function heardOf(stream: StreamView, jobs: readonly { id: string; version: number }[]): boolean {
  const latest = new Map(stream.of(jobs.map((job) => job.id)).seen.map(({ jobId, version }) => [jobId, version]))
  return jobs.every(({ id, version }) => latest.get(id) === version)
}
