// The ids that examples of the contract of REST are written with, and the things of a stack that stand for them here.
import { settled, submit, type World, watchJob } from '../testing.ts'

/** What no example can be: it takes what a stack has given out before. */
export const LEFT_OUT: readonly (readonly [begins: string, why: string])[] = [
  ["curl -s 'http://127.0.0.1:4000/usage/exports/0199a1b2-0000-7000-8000-000000000021/file", 'A link is signed.'],
  ['curl -s -X POST http://127.0.0.1:4000/worker-token', 'Its bearer is that of a worker that was enrolled.'],
]

/** The example's id of each kind of thing, and how one is made. */
const MAKERS: Readonly<Record<string, (world: World, block: string) => Promise<string>>> = {
  '0199a1b2-0000-7000-8000-000000000001': (world, block) =>
    block.includes('/logs') ? endedJob(world) : laterJob(world),
  '0199a1b2-0000-7000-8000-000000000003': async (world) => (await read(world, '/gpus')).gpus[0].id,
  '0199a1b2-0000-7000-8000-000000000011': async (world) =>
    (await post(world, '/webhooks', { url: 'https://example.com/hooks/jobs', events: ['job.completed'] })).id,
  '0199a1b2-0000-7000-8000-000000000021': async (world) => (await post(world, '/usage/exports', { format: 'csv' })).id,
}

/** The block with ids of things that are there. */
export async function fillPlaces(world: World, block: string): Promise<string> {
  let filled = block
  for (const [example, make] of Object.entries(MAKERS)) {
    if (filled.includes(example)) filled = filled.replaceAll(example, await make(world, block))
  }
  return filled
}

async function endedJob(world: World): Promise<string> {
  const { id } = await submit(world, { command: ['true'] })
  await watchJob(world, id, settled)
  return id
}

/** One that waits, and so can still be changed. */
async function laterJob(world: World): Promise<string> {
  const start_at = new Date(Date.now() + 3_600_000).toISOString()
  return (await post(world, '/jobs', { params: { command: ['true'] }, start_at })).id
}

async function read(world: World, at: string) {
  return (await world.rest(at)).json()
}

async function post(world: World, at: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const answer = await world.rest(at, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${at}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
