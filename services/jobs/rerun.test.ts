import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { saveAccount } from './accounts/accounts.ts'
import { rerunJobs } from './rerun.ts'
import { saveSecret } from './secrets/secrets.ts'
import { saveTemplate } from './submission/template.ts'
import { submitJobs } from './submit.ts'
import {
  alice,
  analyst,
  type Bench,
  bob,
  empty,
  manager,
  openBench,
  operator,
  submitted,
  tellWorker,
  worker,
} from './testing.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
  await tellWorker(bench, worker, { executors: ['process', 'docker'] })
})
afterAll(() => bench.close())
beforeEach(() => empty(bench))

const ASKED = {
  name: 'everything',
  command: ['echo "$LR"'],
  shell: true,
  gpus: { count: 2, minMemoryMb: 40_000, model: 'A100', minComputeCapability: '8.0' },
  env: { LR: '0.1' },
  workingDirectory: '/data',
  priority: 7,
  timeoutSeconds: 600,
  maxIdleSeconds: 120,
  maxRetries: 3,
  retry: { exitCodes: [75], backoffSeconds: 30, maxBackoffSeconds: 60 },
  preemptible: true,
  warning: { signal: 'SIGUSR2', seconds: 20 },
  workerLabels: { zone: 'a' },
  container: { image: 'image', mounts: [{ source: '/a', target: '/b', readOnly: true }] },
  limits: { memoryMb: 1000, cpus: 1.5 },
  secrets: ['TOKEN'],
}

async function rerun(ids: readonly string[], who = alice, key?: string) {
  const result = await rerunJobs(bench.as(who), ids, key)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result
}

test('all that was asked for is asked for again, by whoever does so now', async () => {
  await saveSecret(bench.as(alice), { name: 'TOKEN', value: 'hidden' })
  const first = await submitted(bench, ASKED)
  const { job } = await rerun([first.id], { ...manager, accounts: ['team-b', 'team-a'] })
  const told = ({ name, params, priority, account, ...asked }: typeof job) => [
    [name, params, priority, account, asked.gpuCount, asked.gpuMinMemoryMb, asked.gpuModel, asked.gpuMinCapability],
    [asked.executor, asked.laneId, asked.preemptible, asked.timeoutSeconds, asked.maxRetries],
  ]
  expect(told(job)).toEqual(told(first))
  expect([job.submittedBy, job.state]).toEqual(['mona', 'queued'])
  expect(job.id).not.toBe(first.id)
})

test('a template stays, filled in; a start time, what was waited for and the place in an array do not', async () => {
  await saveTemplate(bench.as(operator), {
    name: 'greet',
    command: ['echo', '{{who}}'],
    parameters: [{ name: 'who' }],
  })
  const awaited = await submitted(bench)
  const result = await submitJobs(bench.as(alice), [
    { template: 'greet', arguments: { who: 'you' }, dependsOn: [awaited.id], startAt: '2099-01-01T00:00:00Z' },
    { command: ['run', '{{LR}}'], array: { sweep: [{ name: 'LR', values: ['1', '2'] }] } },
  ])
  if ('problems' in result) throw new Error('not accepted')
  const { jobs } = await rerun(result.jobs.map(({ id }) => id).toReversed())
  expect(jobs.map(({ name, template, params }) => [name, template, params.command])).toEqual([
    ['run {{LR}}[1] LR=2', null, ['run', '2']],
    ['run {{LR}}[0] LR=1', null, ['run', '1']],
    ['greet', 'greet', ['echo', 'you']],
  ])
  expect(jobs[0]?.params.env).toEqual({ CONSTELLATION_ARRAY_INDEX: '1', LR: '2' })
  expect(jobs.filter(({ arrayId, startAt, dependencies }) => arrayId || startAt || dependencies > 0)).toEqual([])
})

test('what one may not see, or may not pay with, is a problem of its id, and then nothing is stored', async () => {
  const own = await submitted(bench)
  const others = await submitted(bench, {}, bob)
  const result = await rerunJobs(bench.as(alice), [own.id, others.id, 'nothing'])
  expect(result).toEqual({
    problems: [
      { path: 'ids.1', message: `There is no job ${others.id}.` },
      { path: 'ids.2', message: 'There is no job nothing.' },
    ],
  })
  const moved = await rerunJobs(bench.as({ ...alice, accounts: ['team-c'] }), [own.id])
  expect(moved).toEqual({ problems: [{ path: 'ids.0.account', message: 'is none of yours: team-c' }] })
  await saveAccount(bench.as(operator), { account: 'team-a', maxQueuedJobs: 1 })
  expect(await rerunJobs(bench.as(alice), [own.id])).toMatchObject({ problems: [{ path: '' }] })
  await expect(rerunJobs(bench.as(analyst), [own.id])).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const { rows } = await bench.database.pool.query('SELECT count(*)::integer AS jobs FROM jobs')
  expect(rows).toEqual([{ jobs: 2 }])
})

test('sent again with its key it gives the same jobs, also when these are renamed or gone by then', async () => {
  const { id } = await submitted(bench)
  const first = await rerun([id], alice, 'again')
  await bench.database.pool.query(`UPDATE jobs SET name = 'renamed' WHERE id = $1`, [id])
  const second = await rerun([id], alice, 'again')
  expect([second.replayed, second.job.id]).toEqual([true, first.job.id])
  await bench.database.pool.query('DELETE FROM jobs WHERE id = $1', [id])
  expect((await rerun([id], alice, 'again')).job.id).toBe(first.job.id)
  await expect(rerunJobs(bench.as(alice), [first.job.id], 'again')).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  })
})
