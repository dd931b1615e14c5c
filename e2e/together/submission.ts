import { beforeAll, expect, test } from 'vitest'
import { journal, journalFile, settled, type World, watchJob } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

interface Job {
  id: string
  name: string
  state: string
  reason: string | null
}

async function post(to: string, body: object, key?: string) {
  const answer = await world.rest(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  })
  return { status: answer.status, replayed: answer.headers.get('idempotency-replayed'), json: await answer.json() }
}

async function batch(jobs: object[]): Promise<Job[]> {
  const { status, json } = await post('/jobs/batch', { jobs })
  if (status !== 201) throw new Error(JSON.stringify(json))
  return json.jobs
}

/** Writes a line to a file that outlasts the job. */
const write = (file: string, line: string) => ({
  // Each job may run as a user of its own.
  command: `umask 0; echo "${line}" >> ${journalFile(world, file)}`,
  shell: true,
})
const last = (jobs: readonly Job[]) => jobs.at(-1)?.id ?? ''
const read = async (id: string): Promise<Job> => (await world.rest(`/jobs/${id}`)).json()

test('a batch runs in the order of what waits for what, a sweep in the midst of it', async () => {
  const sweep = [{ name: 'LR', values: ['1', '2', '3'] }]
  const jobs = await batch([
    { name: 'collect', params: write('order', 'collect'), depends_on: ['train'] },
    {
      name: 'train',
      ref: 'train',
      params: write('order', 'train $LR'),
      array: { sweep, max_parallel: 1 },
      depends_on: ['prepare'],
    },
    { name: 'prepare', ref: 'prepare', params: write('order', 'prepare') },
  ])
  expect(jobs.map(({ name }) => name)).toEqual([
    'collect',
    'train[0] LR=1',
    'train[1] LR=2',
    'train[2] LR=3',
    'prepare',
  ])
  await watchJob(world, jobs[0]?.id ?? '', settled)
  expect(await journal(world, 'order')).toEqual(['prepare', 'train 1', 'train 2', 'train 3', 'collect'])
})

test('what needed a job that failed is cancelled, and says why', async () => {
  const jobs = await batch([
    { name: 'first', ref: 'first', params: { command: ['false'] } },
    { name: 'second', ref: 'second', params: { command: ['true'] }, depends_on: ['first'] },
    { name: 'third', params: { command: ['true'] }, depends_on: ['second'] },
  ])
  await watchJob(world, last(jobs), settled)
  const [first, second, third] = await Promise.all(jobs.map(({ id }) => read(id)))
  expect(first?.state).toBe('failed')
  expect(second).toMatchObject({
    state: 'cancelled',
    reason: `Job first (${first?.id}), which it depends on, failed.`,
  })
  expect(third).toMatchObject({
    state: 'cancelled',
    reason: `Job second (${second?.id}), which it depends on, was cancelled.`,
  })
})

test('a hundred requests at once with one key are one job, which runs once; another body is refused', async () => {
  const body = { name: 'once', params: write('once', 'ran') }
  const answers = await Promise.all(Array.from({ length: 100 }, () => post('/jobs', body, 'the key')))
  const ids = new Set(answers.map(({ json }) => json.id))
  expect(ids.size).toBe(1)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status, replayed }) => status === 200 && replayed === 'true')).toHaveLength(99)
  expect(await post('/jobs', { ...body, name: 'twice' }, 'the key')).toMatchObject({ status: 422 })
  await watchJob(world, [...ids][0] ?? '', settled)
  expect(await journal(world, 'once')).toEqual(['ran'])
})

test('a job that is to start later is not started before', async () => {
  const at = new Date(Date.now() + 1_500)
  const { json } = await post('/jobs', { params: { command: ['true'] }, start_at: at.toISOString() })
  await watchJob(world, json.id, settled)
  const { started_at } = await (await world.rest(`/jobs/${json.id}`)).json()
  const late = Date.parse(started_at) - at.getTime()
  expect(late).toBeGreaterThanOrEqual(0)
  expect(late).toBeLessThan(5_000)
})

test('a failure that is to be tried again waits for its pause', async () => {
  const params = { command: ['sh', '-c', 'exit 75'], max_retries: 1, retry: { exit_codes: [75], backoff_seconds: 1 } }
  const { json } = await post('/jobs', { params })
  await watchJob(world, json.id, settled)
  const { runs } = await (await world.rest(`/jobs/${json.id}`)).json()
  expect(runs).toHaveLength(2)
  expect(Date.parse(runs[1].started_at) - Date.parse(runs[0].finished_at)).toBeGreaterThanOrEqual(1_000)
})
