// The generated client of REST, and webhooks, against the whole system.
import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { answerOf, type ConstellationClient, createConstellationClient } from '@constellation/schema/client/client.ts'
import { followLog } from '@constellation/schema/client/follow-log.ts'
import { beforeAll, expect, test } from 'vitest'
import type { World } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
let client: ConstellationClient
beforeAll(async () => {
  world = await theStack()
  client = createConstellationClient({ url: world.stack.url, token: async () => world.stack.adminToken })
}, 120_000)

test('a job is submitted, followed line by line, renamed on condition, and found by pages', async () => {
  const command = ['sh', '-c', 'echo one; sleep 1; echo two >&2']
  const { id } = await answerOf(client.POST('/jobs', { body: { params: { command, gpus: 1 } } }))
  const texts: string[] = []
  for await (const item of followLog(client, id)) {
    if (item.type === 'log') texts.push(`${item.log.stream}: ${item.log.text}`)
    if (item.type === 'end') expect(item.end).toEqual({ state: 'completed', exit_code: 0 })
  }
  expect(texts).toEqual(['stdout: one\n', 'stderr: two\n'])

  const path = { id }
  const { response } = await client.GET('/jobs/{id}', { params: { path } })
  const header = { 'If-Match': response.headers.get('etag') ?? '' }
  const rename = (name: string) => client.PATCH('/jobs/{id}', { params: { path, header }, body: { name } })
  expect((await answerOf(rename('renamed'))).name).toBe('renamed')
  await expect(answerOf(rename('too late'))).rejects.toMatchObject({ problem: { status: 412 } })

  const { jobs } = await answerOf(client.GET('/jobs', { params: { query: { state: ['completed'], name: 'rename' } } }))
  expect(jobs.map((job) => job.id)).toEqual([id])
})

test('a job that is cancelled while its output is followed ends the following', async () => {
  const { id } = await answerOf(
    client.POST('/jobs', { body: { params: { command: ['sh', '-c', 'echo up; sleep 600'] } } }),
  )
  const seen: string[] = []
  for await (const item of followLog(client, id)) {
    seen.push(item.type)
    if (item.type === 'log' && item.log.text === 'up\n') {
      expect(await answerOf(client.DELETE('/jobs/{id}', { params: { path: { id } } }))).toMatchObject({
        cancel_requested: true,
      })
    }
    if (item.type === 'end') expect(item.end.state).toBe('cancelled')
  }
  expect(seen.at(-1)).toBe('end')
})

test('what is refused names the fields that are wrong', async () => {
  const params = { command: ['true'], working_directory: 'here' }
  await expect(answerOf(client.POST('/jobs', { body: { params } }))).rejects.toMatchObject({
    problem: { status: 422, errors: [{ path: 'params.working_directory' }] },
  })
})

test('the example prints the output of a job and ends as it ends', async () => {
  const example = path.join(repositoryRoot, 'schema/client/example.ts')
  const command = [example, world.stack.url, world.stack.adminToken, '--', 'sh', '-c', 'echo hello; exit 3']
  const ended = await promisify(execFile)(process.execPath, command).catch((error: unknown) => error)
  expect(ended).toMatchObject({ code: 3, stdout: 'hello\n', stderr: expect.stringMatching(/^job .*\nfailed\n$/s) })
})

test('a webhook is told of a job from its queueing to its end, signed, also after the service was away', async () => {
  const done = Promise.withResolvers<void>()
  const received: { headers: NodeJS.Dict<string | string[]>; body: string }[] = []
  const receiver = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) })
    response.end()
    // The first may come last: what was being sent when the service was killed is sent again.
    if (new Set(received.map(({ body }) => JSON.parse(body).type)).size === 2) done.resolve()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = receiver.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  const body = { url: `http://127.0.0.1:${address.port}/`, events: ['job.queued', 'job.completed'] as const }
  const { id, secret = '' } = await answerOf(client.POST('/webhooks', { body: { ...body, events: [...body.events] } }))
  const restarted = world.restarted('jobs')
  const job = await answerOf(client.POST('/jobs', { body: { params: { command: ['sleep', '1'] } } }))
  process.kill(world.stack.processes().jobs ?? 0, 'SIGKILL')
  await restarted
  await done.promise
  receiver.close().closeAllConnections()

  const events = received.map(({ body }) => JSON.parse(body))
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['job.queued', 'job.completed']))
  expect(events.every(({ data }) => data.job.id === job.id)).toBe(true)
  for (const { headers, body } of received) {
    const signed = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
      .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
      .digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signed}`)
  }
  const { deliveries } = await answerOf(client.GET('/webhooks/{id}/deliveries', { params: { path: { id } } }))
  expect(deliveries.map(({ event }) => event).toSorted()).toEqual(['job.completed', 'job.queued'])
  // What was being sent by the service that was killed is sent again after 45 seconds.
}, 120_000)
