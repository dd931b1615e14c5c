// What jobs wait for and who waits for them, batched over one request.
import { query } from '@constellation/platform/database/database.ts'
import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import type { Job } from '../entities.ts'
import type { Rule } from '../submission/link.ts'

/** A job that waits for very many is shown with some of them. */
const MOST = 1_000

interface Link {
  of: string
  jobId: string
  rule: Rule
}

/** `job` says which of them the principal may see. */
export function dependencyLoaders(pool: Pool, job: DataLoader<string, Job | null>) {
  const waitsFor = new DataLoader<string, Link[]>(async (ids) => grouped(ids, await linksFrom(pool, ids)))
  const visible = async (links: readonly Link[]): Promise<Job[]> => {
    const jobs = await job.loadMany(links.map(({ jobId }) => jobId))
    return jobs.flatMap((found) => (found && !(found instanceof Error) ? [found] : []))
  }
  const named = (rule: Rule) =>
    new DataLoader<string, Job[]>(async (ids) => {
      const links = await Promise.all(ids.map((id) => waitsFor.load(id)))
      return Promise.all(links.map((all) => visible(all.filter((link) => link.rule === rule))))
    })
  const dependents = new DataLoader<string, Job[]>(async (ids) => {
    return Promise.all(grouped(ids, await linksTo(pool, ids)).map(visible))
  })
  return { dependsOn: named('completed'), after: named('ended'), dependents }
}

function linksFrom(pool: Pool, ids: readonly string[]): Promise<Link[]> {
  return query<Link>(
    pool,
    'dependencies-of-jobs',
    `SELECT d.job_id AS of, d.on_job_id AS "jobId", d.rule FROM unnest($1::uuid[]) i (id) CROSS JOIN LATERAL (
       SELECT * FROM dependencies WHERE job_id = i.id ORDER BY on_job_id LIMIT $2) d`,
    [ids, MOST],
  )
}

function linksTo(pool: Pool, ids: readonly string[]): Promise<Link[]> {
  return query<Link>(
    pool,
    'dependents-of-jobs',
    `SELECT d.on_job_id AS of, d.job_id AS "jobId", d.rule FROM unnest($1::uuid[]) i (id) CROSS JOIN LATERAL (
       SELECT * FROM dependencies WHERE on_job_id = i.id ORDER BY job_id LIMIT $2) d`,
    [ids, MOST],
  )
}

function grouped(ids: readonly string[], links: readonly Link[]): Link[][] {
  const groups = Map.groupBy(links, ({ of }) => of)
  return ids.map((id) => groups.get(id) ?? [])
}
