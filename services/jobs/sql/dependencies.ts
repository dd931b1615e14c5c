// The statements on dependencies, as far as a submission needs them.
import { query } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import { type JobState, jobHasEnded } from '../state.ts'
import type { Rule } from '../submission/link.ts'
import type { NamedJob } from '../submission/prepare.ts'

interface Found {
  id: string
  name: string
  state: JobState
  account: string
  submittedBy: string
}

/**
 * Those of the named jobs that have ended as they should, and what is wrong with the others. The jobs are locked
 * against ending until the transaction does: an end is either seen here, or sees what is stored here.
 */
export async function lockNamed(
  client: Pool | PoolClient,
  who: Principal,
  named: readonly NamedJob[],
): Promise<{ met: Set<string> } | { problems: Problem[] }> {
  if (named.length === 0) return { met: new Set() }
  const ids = [...new Set(named.map(({ id }) => id))].filter(isUuid)
  const rows = await query<Found>(
    client,
    'lock-dependencies',
    `SELECT id, name, state, account, submitted_by AS "submittedBy" FROM jobs WHERE id = ANY ($1) ORDER BY id FOR SHARE`,
    [ids],
  )
  const visible = new Map(rows.filter((job) => maySeeJob(who, job)).map((job) => [job.id, job]))
  const problems = named.flatMap(({ id, rule, path }) => {
    const message = fault(visible.get(id), rule)
    return message === null ? [] : [{ path, message }]
  })
  if (problems.length > 0) return { problems }
  return { met: new Set(rows.filter(({ state }) => jobHasEnded(state)).map(({ id }) => id)) }
}

function fault(job: Found | undefined, rule: Rule): string | null {
  if (!job) return 'there is no such job'
  if (rule === 'ended' || !jobHasEnded(job.state) || job.state === 'completed') return null
  return `${job.name} has ${job.state === 'failed' ? 'failed' : 'been cancelled'}, so this would never start`
}
