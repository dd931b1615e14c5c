import { beforeAll, expect, test } from 'vitest'
import { openSocket, submit, type World } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

interface Waiting {
  state: string
  queue: { position: number; reason: string; eta: string | null } | null
}

const QUEUE = 'subscription ($id: ID!) { jobChanged(id: $id) { state queue { position reason eta } } }'

async function readQueue(id: string) {
  return (await (await world.rest(`/jobs/${id}`)).json()).queue
}

const cancel = (id: string) => world.rest(`/jobs/${id}`, { method: 'DELETE' })

test('who waits for a GPU is told why, for how long, and live how the queue moves until it starts', async () => {
  const holding = await submit(world, { command: ['sleep', '600'], gpus: 1, timeout_seconds: 600 })
  const [first, second] = [
    await submit(world, { command: ['true'], gpus: 1 }),
    await submit(world, { command: ['true'], gpus: 1 }),
  ]
  const client = openSocket(world)
  const changes = client.iterate<{ jobChanged: Waiting }>({ query: QUEUE, variables: { id: second.id } })
  /** The first that is so of what the client is told. */
  async function told(isSo: (job: Waiting) => boolean): Promise<Waiting> {
    for (;;) {
      const { done, value } = await changes.next()
      if (done || !value.data) throw new Error(`the subscription ended: ${JSON.stringify(value)}`)
      if (isSo(value.data.jobChanged)) return value.data.jobChanged
    }
  }

  expect(await told(({ queue }) => queue?.position === 2)).toMatchObject({
    state: 'QUEUED',
    queue: { reason: 'BEHIND_OTHERS' },
  })
  // Nothing of the job itself changes here.
  await cancel(first.id)
  const next = await told(({ queue }) => queue?.position === 1)
  expect(next).toMatchObject({ state: 'QUEUED', queue: { reason: 'BUSY' } })
  const seconds = (Date.parse(next.queue?.eta ?? '') - Date.now()) / 1000
  expect(seconds).toBeGreaterThan(400)
  expect(seconds).toBeLessThan(620)
  expect(await readQueue(second.id)).toMatchObject({ position: 1, reason: 'busy' })

  await cancel(holding.id)
  expect(await told(({ state }) => state === 'COMPLETED')).toMatchObject({ queue: null })
  await client.dispose()
  expect(await readQueue(second.id)).toBeUndefined()
})

test('a job can be checked before it is submitted', async () => {
  const check = async (params: object) => {
    const body = JSON.stringify({ params })
    const answer = await world.rest('/jobs/check', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    return answer.json()
  }
  expect(await check({ command: ['true'], gpus: 1 })).toMatchObject({
    possible: true,
    workers: [{ possible: true, gpus_that_fit: 1, reason: null }],
  })
  expect(await check({ command: ['true'], gpus: { count: 1, model: 'H200' } })).toMatchObject({
    possible: false,
    reason: 'no_such_gpu',
    message: expect.stringContaining('No worker has a GPU like “H200”; there are: '),
    eta: null,
    workers: [{ possible: false, gpus_that_fit: 0, gpus_free: 0, reason: 'None of its GPUs would do.' }],
  })
})
