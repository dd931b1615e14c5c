// Runs as the ledger has them, and as the jobs service has them.
import { differing } from './net.ts'
import { UNDER_WAY_SECONDS } from './snapshot.ts'

const gpusOf = (table: string, run: string) => `(SELECT count(*) FROM ${table} g WHERE g.run_id = ${run})`

/** The end is the one that the event told, whatever it was corrected to. */
const LEDGER_RUNS = `SELECT r.run_id, r.job_id, r.attempt, r.account, r.submitted_by, r.started_at,
    coalesce((SELECT c.was_at FROM run_corrections c WHERE c.run_id = r.run_id ORDER BY c.id LIMIT 1), r.finished_at)
      AS finished_at,
    r.outcome, ${gpusOf('run_gpus', 'r.run_id')} AS gpus
  FROM runs r`

const JOBS_RUNS = `SELECT r.id AS run_id, r.job_id, r.attempt, j.account, j.submitted_by, r.started_at, r.finished_at,
    CASE WHEN r.finished_at IS NOT NULL THEN r.state END AS outcome, ${gpusOf('jobs.run_gpus', 'r.id')} AS gpus
  FROM jobs.runs r JOIN jobs.jobs j ON j.id = r.job_id WHERE r.started_at IS NOT NULL`

/** What happened just now may be on its way; a run whose job was removed is known to the ledger alone. */
const LEFT_OUT = `SELECT id FROM jobs.runs
    WHERE greatest(started_at, finished_at) > now() - interval '${UNDER_WAY_SECONDS} s'
  UNION ALL SELECT r.run_id FROM runs r JOIN events e USING (run_id)
    WHERE NOT EXISTS (SELECT FROM jobs.jobs j WHERE j.id = r.job_id)`

/** A SELECT of the runs of which the two say something else. */
export function runDifferences(): string {
  const settled = (runs: string) => `SELECT * FROM (${runs}) r WHERE run_id NOT IN (${LEFT_OUT})`
  return differing(settled(LEDGER_RUNS), settled(JOBS_RUNS), {
    key: ['run_id'],
    values: ['job_id', 'attempt', 'account', 'submitted_by', 'started_at', 'finished_at', 'outcome', 'gpus'],
    name: `'run ' || run_id`,
    columns: 'run_id',
  })
}

/** A SELECT of how many there are. */
export function runsCompared(): string {
  return `SELECT format('%s runs, %s of the jobs service; %s of these are under way, or of jobs that were removed',
    (SELECT count(*) FROM (${LEDGER_RUNS}) l), (SELECT count(*) FROM (${JOBS_RUNS}) j),
    (SELECT count(*) FROM (${LEFT_OUT}) o)) AS compared`
}
