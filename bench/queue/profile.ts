// Where the time of our own submit, claim and end goes, statement by statement: `--only profile`.
import { withClient } from '@constellation/db/database.ts'
import { claimRuns } from '@constellation/jobs/claim.ts'
import type { Claim } from '@constellation/jobs/sql/bind.ts'
import { submitJob } from '@constellation/jobs/submit.ts'
import { fillQueue } from './fill-queue.ts'
import { finishBatch } from './finish-batch.ts'
import { type OurService, openService, USER, WORKER } from './ours-service.ts'
import type { Section } from './section.ts'
import { runSql, type Server, settle } from './server.ts'
import { rounded } from './statistics.ts'

const BATCH = 100
const AT_ONCE = 4
/** Statements below this share of their step are left out. */
const LEAST_SHARE = 0.01

interface Statement {
  text: string
  calls: number
  planMs: number
  execMs: number
  walBytes: number
}

export async function measureProfile(server: Server, jobs: number): Promise<Section> {
  await server.restartWith({
    shared_preload_libraries: `'pg_stat_statements'`,
    // Planned again and again or once: that is part of the question.
    'pg_stat_statements.track_planning': 'on',
  })
  const service = await openService(server, 'ours_profile')
  const rows: string[][] = []
  try {
    await runSql(service.adminUrl, 'CREATE EXTENSION pg_stat_statements')
    await fillQueue(service.adminUrl, jobs)
    await settle(service.adminUrl)
    const claims: Claim[] = []
    const steps: [string, () => Promise<void>][] = [
      ['claim', () => inLoops(() => claimOnce(service, claims))],
      ['end', () => inLoops(() => finishOnce(service, claims))],
      ['submit', () => submitMany(service, Math.ceil(jobs / 10))],
    ]
    for (const [step, work] of steps) {
      await runSql(service.adminUrl, 'SELECT pg_stat_statements_reset()')
      const began = performance.now()
      await work()
      const tookMs = performance.now() - began
      const done = step === 'submit' ? Math.ceil(jobs / 10) : jobs
      rows.push(...(await rowsOf(service, step, done, tookMs)))
    }
  } finally {
    await service.close()
  }
  return {
    title: 'Where our time goes',
    method:
      `${jobs.toLocaleString('en')} jobs, claimed in batches of ${BATCH} by ${AT_ONCE} loops, then all ended, then a tenth as many submitted ` +
      'one by one over as many connections. By pg_stat_statements, which costs some time itself; all values for one job.',
    head: ['step', 'statement', 'calls/job', 'µs/job executing', 'µs/job planning', 'share', 'WAL bytes/job'],
    rows,
  }
}

async function inLoops(once: () => Promise<boolean>): Promise<void> {
  const loop = async () => {
    while (await once());
  }
  await Promise.all(Array.from({ length: AT_ONCE }, loop))
}

async function claimOnce(service: OurService, claims: Claim[]): Promise<boolean> {
  const found = await claimRuns(service.as(WORKER), { gpuIds: [], cpuSlots: BATCH })
  claims.push(...found)
  return found.length > 0
}

async function finishOnce(service: OurService, claims: Claim[]): Promise<boolean> {
  const batch = claims.splice(0, BATCH)
  await finishBatch(service.as(WORKER), batch)
  return batch.length > 0
}

async function submitMany(service: OurService, jobs: number): Promise<void> {
  let left = jobs
  await inLoops(async () => {
    if (left <= 0) return false
    left -= 1
    const result = await submitJob(service.as(USER), { command: ['true'] })
    if ('problems' in result) throw new Error(JSON.stringify(result.problems))
    return true
  })
}

async function rowsOf(service: OurService, step: string, jobs: number, tookMs: number): Promise<string[][]> {
  const statements = await statementsOf(service.adminUrl)
  const total = statements.reduce((sum, { planMs, execMs }) => sum + planMs + execMs, 0)
  const line = ({ text, calls, planMs, execMs, walBytes }: Statement) => [
    step,
    `\`${text}\``,
    rounded(calls / jobs),
    rounded((execMs / jobs) * 1000),
    rounded((planMs / jobs) * 1000),
    `${Math.round(((planMs + execMs) / total) * 100)} %`,
    rounded(walBytes / jobs),
  ]
  const sum = { text: '', calls: 0, planMs: 0, execMs: 0, walBytes: 0 }
  for (const statement of statements) {
    sum.calls += statement.calls
    sum.planMs += statement.planMs
    sum.execMs += statement.execMs
    sum.walBytes += statement.walBytes
  }
  const [, , ...all] = line(sum)
  return [
    [step, `all; ${rounded((jobs / tookMs) * 1000)} jobs/s`, ...all],
    ...statements.filter(({ planMs, execMs }) => (planMs + execMs) / total >= LEAST_SHARE).map(line),
  ]
}

async function statementsOf(adminUrl: string): Promise<Statement[]> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<Statement>(
      `SELECT left(regexp_replace(replace(query, '|', ' '), '\\s+', ' ', 'g'), 60) AS text, sum(calls)::float8 AS calls,
         sum(total_plan_time)::float8 AS "planMs", sum(total_exec_time)::float8 AS "execMs", sum(wal_bytes)::float8 AS "walBytes"
       FROM pg_stat_statements JOIN pg_roles r ON r.oid = userid
       WHERE r.rolname = 'constellation_jobs' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       GROUP BY 1 ORDER BY sum(total_plan_time + total_exec_time) DESC`,
    )
    return rows
  })
}
