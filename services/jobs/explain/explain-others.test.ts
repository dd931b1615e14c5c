import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { finishRun } from '../finish.ts'
import { startRun } from '../start.ts'
import { alice, type Bench, bob, claim, empty, leaseOf, openBench, submitted, worker } from '../testing.ts'
import { createExplaining, gpus } from './testing.ts'

let bench: Bench
let scene: ReturnType<typeof createExplaining>
beforeAll(async () => {
  bench = await openBench()
  scene = createExplaining(bench)
})
afterAll(() => bench.close())
beforeEach(async () => {
  await empty(bench)
  await scene.forget()
})

describe('a job waits for others', () => {
  test('and says which of them, if it may', async () => {
    await scene.online(worker, [], 2)
    const data = await submitted(bench, { name: 'data' })
    const train = await submitted(bench, { name: 'train', dependsOn: [data.id], startAt: '2099-01-01T00:00:00.000Z' })
    expect(await scene.explained(train)).toEqual({
      position: null,
      reason: 'DEPENDENCY',
      message: `Waits for job data (${data.id}), which is queued.`,
      eta: null,
    })
    const [run] = await claim(bench, worker, [], 1)
    if (run) await startRun(bench.as(worker), leaseOf(run))
    expect((await scene.explained(train))?.message).toBe(`Waits for job data (${data.id}), which is running.`)
    expect((await scene.explained(train, bob))?.message).toBe('Waits for a job.')
    if (run) await finishRun(bench.as(worker), { ...leaseOf(run), outcome: 'EXITED', exitCode: 0, logChunks: 1 })
    expect(await scene.explained(train)).toMatchObject({ reason: 'START_TIME' })
  })

  test('and of many names the first few', async () => {
    const first = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => submitted(bench, { name })))
    const last = await submitted(bench, { after: first.map(({ id }) => id) })
    expect((await scene.explained(last))?.message).toMatch(
      /^Waits for job .*, and for job .*, and for job .*, and for 2 more\.$/,
    )
  })
})

test('a list of jobs is explained by as many questions as one job', async () => {
  await scene.online(worker, gpus(1), 1)
  await scene.noteSightings()
  const first = await submitted(bench, { name: 'first' })
  const jobs = [first]
  for (let i = 0; i < 12; i++)
    jobs.push(await submitted(bench, { gpus: { count: i % 2 }, dependsOn: i % 3 ? [] : [first.id] }))
  const loaders = bench.as(alice).loaders
  const asked = vi.spyOn(bench.database.pool, 'query')
  const places = await loaders.queuePlace.loadMany(jobs.map(({ id }) => id))
  expect(asked.mock.calls.length).toBe(2)
  expect(places).toHaveLength(13)
  expect(places.every((place) => place !== null && 'reason' in place)).toBe(true)
  asked.mockRestore()
})

test('a job that runs, has ended or is not there waits for nothing', async () => {
  await scene.online(worker, [], 1)
  const job = await submitted(bench)
  const [run] = await claim(bench, worker, [], 1)
  expect(await scene.explained(job)).toBeNull()
  if (run) await finishRun(bench.as(worker), { ...leaseOf(run), outcome: 'EXITED', exitCode: 0, logChunks: 1 })
  expect(await scene.explained(job)).toBeNull()
  expect(await scene.explained({ id: '00000000-0000-7000-8000-999999999999' })).toBeNull()
})
