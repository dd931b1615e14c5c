import { beforeAll, expect, test } from 'vitest'
import { openSocket, submit, type World, watchJob } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

const read = async (path: string) => (await world.rest(path)).json()

async function say(gpuId: string, word: string, json: object) {
  const headers = { 'content-type': 'application/json' }
  return (await world.rest(`/gpus/${gpuId}/${word}`, { method: 'POST', headers, body: JSON.stringify(json) })).json()
}

test('a GPU that is drained keeps its run, gets no other, and gets the next as soon as it is returned', async () => {
  const [gpu] = (await read('/gpus')).gpus
  const running = await submit(world, { command: ['sleep', '600'], gpus: 1 })
  await watchJob(world, running.id, ({ state }) => state === 'RUNNING')
  const client = openSocket(world)
  const query = 'subscription { gpusChanged { state cordon { mode } } }'
  const changes = client.iterate<{ gpusChanged: { state: string } }>({ query })
  const cordoned = (async () => {
    for await (const { data } of changes) if (data?.gpusChanged.state === 'CORDONED') return data.gpusChanged
  })()

  expect(await say(gpu.id, 'drain', { reason: 'Its fan is loud.' })).toMatchObject({
    state: 'draining',
    state_reason: 'It is draining: Its fan is loud.',
    current_run: { job_id: running.id },
  })
  const waiting = await submit(world, { command: ['true'], gpus: 1 })
  await world.rest(`/jobs/${running.id}`, { method: 'DELETE' })
  expect(await cordoned).toEqual({ state: 'CORDONED', cordon: { mode: 'CORDON' } })
  await client.dispose()
  expect(await read(`/jobs/${waiting.id}`)).toMatchObject({
    state: 'queued',
    queue: { reason: 'out_of_service', message: expect.stringContaining('Its fan is loud.') },
  })

  expect((await world.rest(`/gpus/${gpu.id}/return`, { method: 'POST' })).status).toBe(200)
  await watchJob(world, waiting.id, ({ state }) => state === 'COMPLETED')
}, 60_000)
