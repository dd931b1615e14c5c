// A file of the ledger through the whole system: from a job that ran to a download without a token.
import { createHash } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import { settled, submit, type World, watchJob } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
let jobId: string
beforeAll(async () => {
  world = await theStack()
  jobId = (await submit(world, { command: ['sleep', '1'], gpus: 1 })).id
  await watchJob(world, jobId, settled)
  // The ledger hears of it a moment later.
  const usage = async () => (await world.graphql(`{ job(id: "${jobId}") { usage { runs provisional } } }`)).data?.job
  await vi.waitFor(async () => expect(await usage()).toEqual({ usage: { runs: 1, provisional: false } }), {
    timeout: 20_000,
    interval: 100,
  })
}, 120_000)

interface Export {
  id: string
  state: string
  rows: number
  bytes: number
  sha256: string
  link: string
}

async function request(body: object): Promise<Export> {
  const headers = { 'content-type': 'application/json' }
  const answer = await world.rest('/usage/exports', { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(202)
  return answer.json()
}

async function done(id: string): Promise<Export> {
  const read = async (): Promise<Export> => (await world.rest(`/usage/exports/${id}`)).json()
  await expect.poll(async () => (await read()).state, { timeout: 90_000, interval: 200 }).toBe('done')
  return read()
}

test('a run that has ended is in the file, which anybody has who has its link', async () => {
  const { id } = await request({ format: 'csv' })
  const { link, rows, bytes, sha256 } = await done(id)
  const answer = await fetch(world.stack.url + link)
  const text = await answer.text()
  expect(answer.status).toBe(200)
  expect(text).toContain(jobId)
  expect([text.trim().split('\n').length - 1, text.length]).toEqual([rows, bytes])
  expect(createHash('sha256').update(text).digest('hex')).toBe(sha256)
  const part = await fetch(world.stack.url + link, { headers: { range: 'bytes=-7' } })
  expect([part.status, await part.text()]).toEqual([206, text.slice(-7)])
  expect((await fetch(world.stack.url + link.replace(/.$/, '!'))).status).toBe(403)
})

test('a service that is killed while it has exports to write writes them when it is back', async () => {
  const wanted = await Promise.all(['parquet', 'arrow'].map((format) => request({ format })))
  const { usage } = world.stack.processes()
  if (usage === undefined) throw new Error('The usage service runs.')
  process.kill(usage, 'SIGKILL')
  const exports = await Promise.all(wanted.map(({ id }) => done(id)))
  expect(exports.map(({ rows }) => rows > 0)).toEqual([true, true])
  const answer = await fetch(world.stack.url + exports[0]?.link)
  expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, exports[0]?.bytes])
}, 120_000)

test('the statement of this month tells of the run', async () => {
  const { account } = await (await world.rest(`/jobs/${jobId}`)).json()
  const month = new Date().toISOString().slice(0, 7)
  const answer = await world.rest(`/usage/accounts/${account}/statements/${month}`)
  const html = await answer.text()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(html).toContain('They agree.')
  expect(html).not.toContain('Nothing was held.')
})
