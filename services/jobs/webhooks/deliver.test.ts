import { createHmac } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { takeDue } from '../sql/webhook-deliveries.ts'
import { alice, type Bench, empty, log, openBench, secretsKey } from '../testing.ts'
import { startDelivering } from './deliver.ts'
import { type Receiver, startReceiver } from './testing-receiver.ts'
import { saveWebhook } from './webhooks.ts'

let bench: Bench
const open: { stop(): Promise<unknown> }[] = []
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(() => empty(bench))
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop()
})
afterAll(() => bench?.close())

async function receiver(answer?: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  const started = await startReceiver(answer)
  open.push({ stop: started.close })
  return started
}

function delivering(sending: { timeoutMs?: number; allowPrivate?: boolean } = {}) {
  const { pool } = bench.database
  const started = startDelivering({
    pool,
    secretsKey,
    log,
    sending: { timeoutMs: 10_000, allowPrivate: true, ...sending },
  })
  open.push(started)
  return started
}

async function hook(url: string): Promise<{ id: string; secret: string }> {
  const saved = await saveWebhook(bench.as(alice), { url })
  if ('problems' in saved) throw new Error(JSON.stringify(saved.problems))
  return { id: saved.webhook.id, secret: saved.secret ?? '' }
}

let events = 0

/** So many messages that are to be sent. */
async function due(webhookId: string, count = 1): Promise<void> {
  await bench.database.pool.query(
    `INSERT INTO webhook_deliveries (webhook_id, event_id, event_type, payload)
     SELECT $1, 'jobs-' || n, 'job.queued', '{"n":' || n || '}' FROM generate_series($2::integer, $3) n`,
    [webhookId, events + 1, events + count],
  )
  events += count
}

const deliveries = async () => {
  const { rows } = await bench.database.pool.query(
    `SELECT attempts, next_at > now() AS "comesAgain", delivered_at IS NOT NULL AS delivered, last_status AS status,
       last_error AS error, extract(epoch FROM next_at - last_at)::double precision AS pause
     FROM webhook_deliveries ORDER BY id`,
  )
  return rows
}
const webhook = async (id: string) => {
  const text = 'SELECT failures, why_disabled AS why FROM webhooks WHERE id = $1'
  return (await bench.database.pool.query(text, [id])).rows[0]
}
const comeNow = () =>
  bench.database.pool.query(
    "UPDATE webhook_deliveries SET next_at = date_trunc('milliseconds', now()) WHERE next_at IS NOT NULL",
  )

test('a message is signed by the secret, and done with when it is answered with 2xx', async () => {
  const { received, url } = await receiver((answering) => answering.writeHead(204).end())
  const { id, secret } = await hook(url)
  await due(id)
  delivering().wake()
  await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ delivered: true, comesAgain: null }]))
  const [message] = received
  const { 'webhook-id': messageId, 'webhook-timestamp': timestamp } = message?.headers ?? {}
  const signed = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(`${messageId}.${timestamp}.${message?.body}`)
    .digest('base64')
  expect(message?.headers).toMatchObject({ 'webhook-signature': `v1,${signed}`, 'content-type': 'application/json' })
  expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(10)
  expect(await deliveries()).toMatchObject([{ attempts: 1, status: 204, error: null }])
})

test('a receiver that fails is tried again with the same id, and is well again when it answers', async () => {
  const statuses = [500, 200]
  const { messages, url } = await receiver((answering) => answering.writeHead(statuses.shift() ?? 200).end())
  const { id } = await hook(url)
  await due(id)
  const started = delivering()
  started.wake()
  await vi.waitFor(async () =>
    expect(await deliveries()).toMatchObject([
      { attempts: 1, comesAgain: true, status: 500, error: 'It answered 500.' },
    ]),
  )
  const [{ pause }] = await deliveries()
  expect(pause).toBeGreaterThanOrEqual(5)
  expect(await webhook(id)).toEqual({ failures: 1, why: null })
  await comeNow()
  started.wake()
  const [first, second] = await messages(2)
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ attempts: 2, delivered: true }]))
  expect(await webhook(id)).toEqual({ failures: 0, why: null })
})

test('a secret that cannot be opened any more is a failure like any other, tried again later and later', async () => {
  const { url } = await receiver()
  const { id } = await hook(url)
  await bench.database.pool.query(`UPDATE webhooks SET secret = '\\x00' WHERE id = $1`, [id])
  await due(id)
  delivering().wake()
  const error = 'Its secret cannot be opened: it was sealed with another SECRETS_KEY. Save the webhook with a new one.'
  await vi.waitFor(async () =>
    expect(await deliveries()).toMatchObject([{ attempts: 1, comesAgain: true, status: null, error }]),
  )
  expect(await webhook(id)).toEqual({ failures: 1, why: null })
})

test('a receiver that hangs fails in time, and holds up no other', async () => {
  const hanging = await receiver(() => {})
  const well = await receiver()
  await due((await hook(hanging.url)).id, 10)
  await due((await hook(well.url)).id, 10)
  delivering({ timeoutMs: 5_000 }).wake()
  await well.messages(10)
  // Of the one that hangs a few at a time are waited for, and no more were tried.
  expect(hanging.received.length).toBeLessThanOrEqual(4)
})

test('an answer that comes too late counts as none, so the message comes again', async () => {
  const waiting: ServerResponse[] = []
  const { messages, url } = await receiver((answering) => waiting.push(answering))
  await due((await hook(url)).id)
  const started = delivering({ timeoutMs: 200 })
  started.wake()
  await messages(1)
  const error = 'It did not answer within 0.2 s.'
  await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ comesAgain: true, status: null, error }]))
  waiting[0]?.end()
  await comeNow()
  started.wake()
  await messages(2)
  expect(await deliveries()).toMatchObject([{ attempts: 2, delivered: false }])
})

test('a redirect is not followed, and nobody who listens is a failure too', async () => {
  const elsewhere = await receiver()
  const { url } = await receiver((answering) => answering.writeHead(307, { location: elsewhere.url }).end())
  const closed = await startReceiver()
  await closed.close()
  await due((await hook(url)).id)
  await due((await hook(closed.url)).id)
  delivering().wake()
  await vi.waitFor(async () =>
    expect(await deliveries()).toMatchObject([
      { status: 307, error: 'It answered 307, and redirects are not followed.' },
      { status: null, error: 'It could not be reached (ECONNREFUSED).' },
    ]),
  )
  expect(elsewhere.received).toEqual([])
})

test('an answer without end is read no further than it must be', async () => {
  const closed = Promise.withResolvers<number>()
  const { url } = await receiver((answering) => {
    let written = 0
    const pour = () => {
      while (!answering.destroyed && answering.write('x'.repeat(65_536))) written += 65_536
    }
    answering.on('drain', pour).on('error', () => {})
    answering.once('close', () => closed.resolve(written))
    answering.writeHead(200)
    pour()
  })
  await due((await hook(url)).id)
  delivering({ timeoutMs: 60_000 }).wake()
  // What the buffers of two sockets hold is written on top.
  expect(await closed.promise).toBeLessThan(16 * 2 ** 20)
  await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ delivered: true, status: 200 }]))
})

test.each(['127.0.0.1', 'localhost'])('nothing is sent to %s where private addresses are refused', async (host) => {
  const { received, port } = await receiver()
  // It was saved when they were allowed; a name may lead there at any time.
  await due((await hook(`http://${host}:${port}/`)).id)
  delivering({ allowPrivate: false }).wake()
  const error = 'The address is one that webhooks may not lead to.'
  await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ status: null, error }]))
  expect(received).toEqual([])
})

test('a receiver that is gone disables its webhook, and what waits is given up', async () => {
  const { url } = await receiver((answering) => answering.writeHead(410).end())
  const { id } = await hook(url)
  await due(id, 20)
  delivering().wake()
  await vi.waitFor(async () => expect(await webhook(id)).toMatchObject({ why: 'The receiver answered 410 Gone.' }))
  await vi.waitFor(async () => expect((await deliveries()).filter(({ comesAgain }) => comesAgain !== null)).toEqual([]))
})

test('a webhook that has failed for a day is disabled with the reason, and begins anew when it is saved again', async () => {
  const { url } = await receiver((answering) => answering.writeHead(503).end())
  const { id } = await hook(url)
  await bench.database.pool.query(
    `UPDATE webhooks SET failures = 29, failing_since = now() - interval '1 day' WHERE id = $1`,
    [id],
  )
  await due(id)
  delivering().wake()
  const why = 'For a day no attempt succeeded, 30 in all. The last one: It answered 503.'
  await vi.waitFor(async () => expect(await webhook(id)).toEqual({ failures: 30, why }))
  await saveWebhook(bench.as(alice), { id, url })
  expect(await webhook(id)).toEqual({ failures: 0, why: null })
})

test('several processes send each message once where nothing fails', async () => {
  const { messages, received, url } = await receiver()
  await due((await hook(url)).id, 200)
  const processes = [delivering(), delivering(), delivering()]
  for (const one of processes) one.wake()
  await messages(200)
  await vi.waitFor(async () => expect((await deliveries()).every(({ delivered }) => delivered)).toBe(true))
  expect(received).toHaveLength(200)
  expect(new Set(received.map(({ body }) => body)).size).toBe(200)
})

test('what a process took that has died is sent by another when its time has passed', async () => {
  const { messages, url } = await receiver()
  await due((await hook(url)).id)
  const take = (leaseSeconds: number) => takeDue(bench.database.pool, { busy: [], webhooks: 1, each: 4, leaseSeconds })
  expect(await take(60)).toHaveLength(1)
  expect(await take(60)).toEqual([])
  await comeNow()
  delivering().wake()
  await messages(1)
  await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ attempts: 2, delivered: true }]))
})

test('a process that stops waits for no receiver, and what it had begun is due again', async () => {
  const { messages, url } = await receiver(() => {})
  const { id } = await hook(url)
  await due(id)
  const started = delivering({ timeoutMs: 600_000 })
  started.wake()
  await messages(1)
  await started.stop()
  expect(await deliveries()).toMatchObject([{ attempts: 0, comesAgain: false, delivered: false }])
  expect(await webhook(id)).toEqual({ failures: 0, why: null })
})
