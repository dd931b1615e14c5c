// What the queue's policy comes to, with a real worker and real processes.
import { beforeAll, expect, test } from 'vitest'
import { settled, submit, type World, watchJob } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

const logOf = async (id: string) => (await world.rest(`/jobs/${id}/logs`, { headers: { accept: 'text/plain' } })).text()
const isRunning = ({ state }: { state: string }) => state === 'RUNNING'

/** Saves its work when it is warned, and takes it up in its next attempt. */
const TRAINING = `
[ "$CONSTELLATION_ATTEMPT" = 1 ] || { echo "resumed on $CUDA_VISIBLE_DEVICES"; exit; }
trap 'echo checkpoint; exit 3' USR1
echo training; while :; do sleep 0.05; done`

test('a preemptible job is warned, saves its work, makes room, and goes on afterwards with all its retries', async () => {
  const training = await submit(world, {
    command: TRAINING,
    shell: true,
    gpus: 2,
    preemptible: true,
    warning: { signal: 'SIGUSR1', seconds: 30 },
  })
  await watchJob(world, training.id, isRunning)
  const answer = await world.rest('/jobs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'urgent', priority: 5, params: { command: ['true'], gpus: 1 } }),
  })
  const urgent: { id: string } = await answer.json()
  const [last] = (await watchJob(world, urgent.id, settled)).slice(-1)
  expect(last?.state).toBe('COMPLETED')
  const [end] = (await watchJob(world, training.id, settled)).slice(-1)
  expect(end?.state).toBe('COMPLETED')
  expect(end?.runs.map(({ state }) => state)).toEqual(['PREEMPTED', 'COMPLETED'])
  expect(await logOf(training.id)).toMatch(/training\n.*checkpoint\n.*resumed on SIM-.*,SIM-/s)
})

test('a job that needs all GPUs gets them, although small ones go on coming', async () => {
  const sleeping = { command: ['sleep', '2'], gpus: 1 }
  const first = await submit(world, sleeping)
  await watchJob(world, first.id, isRunning)
  const gang = await submit(world, { command: ['true'], gpus: 2 })
  const small = await Promise.all(Array.from({ length: 6 }, () => submit(world, sleeping)))
  const [end] = (await watchJob(world, gang.id, settled)).slice(-1)
  expect(end?.state).toBe('COMPLETED')
  const states = await Promise.all(small.map(async ({ id }) => (await (await world.rest(`/jobs/${id}`)).json()).state))
  expect(states.filter((state) => state === 'completed')).toEqual([])
  await Promise.all(small.map(({ id }) => world.rest(`/jobs/${id}`, { method: 'DELETE' })))
  await Promise.all(small.map(({ id }) => watchJob(world, id, settled)))
})
