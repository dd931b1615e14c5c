import { cp } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../faults/until.ts'
import { openWorld, settled, submit, type World, watchJob } from '../testing.ts'
import { runCommand } from './run-command.ts'
import { type Told, whatIsTold } from './what-is-told.ts'

/** Whoever is told by the webhook. */
let listener: Server
const heard: string[] = []
/** Where the backup is. */
let place: string
let before: Told
let apiToken: string
let liveJob: string
let world: World

beforeAll(async () => {
  listener = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text) => heard.push(text))
    request.on('end', () => response.end())
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  place = await makeTestHome()
  const first = await openWorld()
  try {
    await fill(first)
    before = await whatIsTold(first)
    await runCommand(first.stack.home, 'local/backup/backup-command.ts', path.join(place, 'backup'))
    // What must be kept apart, as the command says.
    for (const name of ['secrets.json', 'issuer']) {
      await cp(path.join(first.stack.home, name), path.join(place, name), { recursive: true })
    }
  } finally {
    await first.close()
  }
  world = await openWorld({}, async (home) => {
    for (const name of ['secrets.json', 'issuer'])
      await cp(path.join(place, name), path.join(home, name), { recursive: true })
    await runCommand(home, 'local/backup/restore-command.ts', path.join(place, 'backup'))
  })
}, 240_000)
afterAll(async () => {
  await world?.close()
  listener?.close()
  if (place) await removeTestHome(place)
})

async function fill(first: World): Promise<void> {
  const change = async (query: string) => {
    const { data, errors } = await first.graphql(`mutation { ${query} }`)
    if (!data || errors) throw new Error(JSON.stringify(errors))
    return data
  }
  const { port } = listener.address() as AddressInfo
  await change(
    'savePrice(input: {model: "*", perGpuHour: "3600", currency: "EUR", validFrom: "2026-01-01T00:00:00Z"}) { model }',
  )
  await change('saveSecret(input: {name: "WORD", value: "xyzzy"}) { problems { message } }')
  await change(
    `saveWebhook(input: {url: "http://127.0.0.1:${port}", eventTypes: ["job.completed"]}) { problems { message } }`,
  )
  const made = await change('createApiToken(input: {name: "script", scopes: [READ]}) { secret }')
  apiToken = (made as { createApiToken: { secret: string } }).createApiToken.secret
  const ended = [
    await submit(first, { command: ['sh', '-c', 'echo ü; exit 0'], gpus: 1 }),
    await submit(first, { command: ['sh', '-c', 'exit 3'], max_retries: 1 }),
  ]
  for (const { id } of ended) await watchJob(first, id, settled)
  await until('the webhook was delivered', async () => /"deliveredAt":"/.test(JSON.stringify(await whatIsTold(first))))
  const { id } = await submit(first, {
    command: ['sh', '-c', `test "$CONSTELLATION_ATTEMPT" != 1 || sleep 600; test "$WORD" = xyzzy`],
    shell: false,
    secrets: ['WORD'],
  })
  liveJob = id
  await watchJob(first, id, (job) => job.state === 'RUNNING')
}

/** Leaves out what lived on. */
function ended(told: Told) {
  const { nodes } = told.jobs.jobs as { nodes: { id: string }[] }
  return { ...told, audit: undefined, jobs: nodes.filter(({ id }) => id !== liveJob) }
}

test('of a stack that was restored into a new home, all is there and as it was', async () => {
  const after = await whatIsTold(world)
  const knownBefore = ended(before)
  expect(knownBefore.jobs).toHaveLength(2)
  expect(ended(after)).toEqual(knownBefore)
  const { nodes: audited } = before.audit.auditLog as { nodes: unknown[] }
  expect(audited.length).toBeGreaterThan(0)
  expect((after.audit.auditLog as { nodes: unknown[] }).nodes).toEqual(expect.arrayContaining(audited))
  const headers = { authorization: `Bearer ${apiToken}` }
  expect((await fetch(`${world.stack.url}/jobs`, { headers })).status).toBe(200)
})

test.concurrent('a new job runs there, and the webhook hears of it', async () => {
  const { id } = await submit(world, { command: ['true'], gpus: 1 })
  expect((await watchJob(world, id, settled)).at(-1)).toMatchObject({
    state: 'COMPLETED',
    usage: { provisional: false },
  })
  await expect.poll(() => heard.some((text) => text.includes(id))).toBe(true)
})

test.concurrent('a run that lived when the backup was made is lost, and its job is tried again, with its secret', async () => {
  const last = (await watchJob(world, liveJob, settled)).at(-1)
  expect(last).toMatchObject({
    state: 'COMPLETED',
    runs: [
      { attempt: 1, state: 'LOST' },
      { attempt: 2, exitCode: 0 },
    ],
  })
}, 90_000)

test.concurrent('the ledger there agrees with the runs, and is what its events make of it', async () => {
  const reckon = (what: string) =>
    runCommand(world.stack.home, 'local/with-database.ts', `services/usage/reckoning/${what}-command.ts`)
  await reckon('reconcile')
  await reckon('rebuild')
})

test('nothing is restored over a stack that runs', async () => {
  const restore = runCommand(
    world.stack.home,
    'local/backup/restore-command.ts',
    path.join(place, 'backup'),
    '--replace',
  )
  await expect(restore).rejects.toThrow(/The stack of .* runs. Stop it before a restore./)
})
