import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { jobMessage, makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'

const COMMITTED = new URL(import.meta.resolve('@constellation/schema/generated/supergraph.graphql'))
/** A field of `Usage` as it stands in the supergraph, behind what tells it from the same field of other types. */
const AS_OF = /(provisional: Boolean!\n) {2}asOf: DateTime!\n/
const withoutField = (sdl: string) => sdl.replace(AS_OF, '$1')

const log = createLogger('test', 'silent')
const logged = vi.spyOn(log, 'error')
let folder: string
let file: string
let committed: string
let gateway: TestGateway
let alice: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'constellation-supergraph-'))
  file = path.join(folder, 'supergraph.graphql')
  committed = await readFile(COMMITTED, 'utf8')
  await writeFile(file, committed)
  gateway = await startTestGateway({ SUPERGRAPH_FILE: file }, log)
  alice = await gateway.as('alice')
})
afterAll(async () => {
  await gateway.stop()
  await rm(folder, { recursive: true })
})

async function replace(sdl: string): Promise<void> {
  await writeFile(`${file}.new`, sdl)
  await rename(`${file}.new`, file)
}

/** Whether `Usage` has the field, by each way in. */
async function hasField(): Promise<boolean[]> {
  const asked = await gateway.query(alice, '{ __type(name: "Usage") { fields { name } } }')
  const subscribed = gateway.subscribe(alice, 'subscription ($id: ID!) { jobChanged(id: $id) { usage { asOf } } }', {
    id: makeJob().id,
  })
  // An unknown job, or an unknown field.
  const refusal = JSON.stringify(await nextOf(subscribed).catch((error: unknown) => error))
  return [JSON.stringify(asked.body).includes('asOf'), refusal.includes('NOT_FOUND')]
}

test('what is asked after the file has changed is asked of the new graph, and live subscriptions stay with theirs', async () => {
  const job = makeJob()
  gateway.services.world.jobs.set(job.id, job)
  const query = 'subscription ($id: ID!) { jobChanged(id: $id) { version usage { asOf } } }'
  const live = gateway.subscribe(alice, query, { id: job.id })
  expect((await nextOf(live)).data).toMatchObject({ jobChanged: { version: 1, usage: { asOf: expect.any(String) } } })
  expect(await hasField()).toEqual([true, true])

  const without = withoutField(committed)
  expect(without).not.toBe(committed)
  await replace(without)
  await expect.poll(hasField, { timeout: 10_000 }).toEqual([false, false])
  await gateway.publish(SUBJECTS.jobEvents(job.id), jobMessage({ ...job, version: 2 }))
  expect((await nextOf(live)).data).toEqual({
    jobChanged: { version: 2, usage: { asOf: expect.any(String) } },
  })
  const later = gateway.subscribe(alice, 'subscription ($id: ID!) { jobChanged(id: $id) { version } }', { id: job.id })
  expect((await nextOf(later)).data).toEqual({ jobChanged: { version: 1 } })
  await Promise.all([live.return?.(), later.return?.()])

  await replace(committed)
  await expect.poll(hasField, { timeout: 10_000 }).toEqual([true, true])
})

test.each([
  ['is no GraphQL', (sdl: string) => `${sdl} {`],
  ['is empty', () => ''],
  ['is no supergraph', () => 'type Query { version: String! }'],
  ['refers to a type that is not there', (sdl: string) => sdl.replace(AS_OF, '$1  asOf: Nonsense!\n')],
  ['has a subgraph that the gateway does not know', (sdl: string) => sdl.replaceAll('name: "usage"', 'name: "costs"')],
])('a file that %s is refused with a line in the log, and changes nothing', async (_what, spoil) => {
  logged.mockClear()
  await replace(spoil(committed))
  await expect.poll(() => logged.mock.lastCall?.[1], { timeout: 10_000 }).toMatch(/supergraph was not taken/)
  expect(await hasField()).toEqual([true, true])
})

test('the next file that holds is taken after those that were refused', async () => {
  await replace(withoutField(committed))
  await expect.poll(hasField, { timeout: 10_000 }).toEqual([false, false])
})

test('a gateway does not start with a graph that does not hold', async () => {
  const bad = path.join(folder, 'bad.graphql')
  await writeFile(bad, 'type Query { version: String! }')
  await expect(startTestGateway({ SUPERGRAPH_FILE: bad, NATS_URL: gateway.natsUrl })).rejects.toThrow()
})
