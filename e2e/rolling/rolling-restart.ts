// A rolling restart under load, and what came of it.
import { until } from '../faults/until.ts'
import type { Fleet } from './fleet.ts'
import { startLoad, type Tally } from './load.ts'
import { rollAll } from './roll.ts'
import { startWatch } from './watch.ts'

const WATCHERS = 4
const SETTLE_MS = 120_000

export interface Outcome {
  tallies: Readonly<Record<'submit' | 'query' | 'mutation', Tally>>
  jobs: number
  /** Jobs that did not come to a good end, or ran more than once. */
  lost: string[]
  /** Of each watcher. */
  watchers: { events: number; returns: number; missed: string[]; faults: readonly string[] }[]
  /** Of each copy, how long it was away, in milliseconds. */
  tookMs: Record<string, number>
}

/** Restarts every copy in turn while people work, until all that they asked for is done. */
export async function rollingRestart(fleet: Fleet, tell: (line: string) => void = () => {}): Promise<Outcome> {
  const watches = Array.from({ length: WATCHERS }, () => startWatch(fleet))
  const load = startLoad(fleet)
  const tookMs: Outcome['tookMs'] = {}
  let begun = ''
  try {
    await until('the first jobs are seen by everybody', () => watches.every(({ newest }) => newest.size > 0))
    begun = await newestEvent(fleet)
    await rollAll(fleet, ({ name }, ms) => {
      tookMs[name] = Math.round(ms)
      tell(`${name}: another process after ${Math.round(ms)} ms`)
    })
  } finally {
    await load.stop()
  }
  const { jobs: versions, lost } = await settle(fleet, load.jobIds)
  const missing = (newest: ReadonlyMap<string, number>) =>
    versions.filter(({ id, version }) => newest.get(id) !== version)
  await until(
    'every watcher has seen every end',
    () => watches.every(({ newest }) => missing(newest).length === 0),
    30_000,
  )
    // Which is told below.
    .catch(() => undefined)
  await Promise.all(watches.map((watch) => watch.stop()))
  const all = await versionsSince(fleet, begun)
  return {
    tallies: load.tallies,
    jobs: load.jobIds.length,
    lost,
    tookMs,
    watchers: watches.map(({ seen, returns, faults }) => {
      const had = new Set(seen)
      return { events: seen.length, returns, faults, missed: all.filter((event) => !had.has(event)) }
    }),
  }
}

interface Ended {
  id: string
  state: string
  version: number
  runs: number
}

async function settle({ rig }: Fleet, jobIds: readonly string[]): Promise<{ jobs: Ended[]; lost: string[] }> {
  const read = async () => {
    const { rows } = await rig.jobs.query<Ended>(
      `SELECT id, state, version, (SELECT count(*)::integer FROM runs WHERE job_id = jobs.id) AS runs
       FROM jobs WHERE id = ANY ($1)`,
      [jobIds],
    )
    return rows
  }
  await until('every job has ended', async () => (await read()).every(({ state }) => ENDED.has(state)), SETTLE_MS)
  const jobs = await read()
  const lost = jobs
    .filter(({ state, runs }) => state !== 'completed' || runs !== 1)
    .map(({ id, state, runs }) => `${id}: ${state} after ${runs} runs`)
  const known = new Set(jobs.map(({ id }) => id))
  return { jobs, lost: [...lost, ...jobIds.filter((id) => !known.has(id)).map((id) => `${id} is not there`)] }
}

const ENDED = new Set(['completed', 'failed', 'cancelled'])

async function newestEvent({ rig }: Fleet): Promise<string> {
  const { rows } = await rig.jobs.query<{ id: string }>('SELECT max(id) AS id FROM events')
  return rows[0]?.id ?? '0'
}

/** Of each event after this one, which version it made of its job. */
async function versionsSince({ rig }: Fleet, event: string): Promise<string[]> {
  const { rows } = await rig.jobs.query<{ version: string }>(
    `SELECT DISTINCT job_id || ' ' || version AS version FROM events WHERE id > $1`,
    [event],
  )
  return rows.map(({ version }) => version)
}
