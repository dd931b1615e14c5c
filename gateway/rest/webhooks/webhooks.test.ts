import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

const add = (json: object) => bridge.call('/webhooks', { method: 'POST', json })
const HOOK = { url: 'https://example.com/hook', events: ['job.failed'], scope: 'account', account: 'team-a' }

test('a webhook is added, found where it says, replaced and deleted', async () => {
  const added = await add(HOOK)
  expect([added.status, added.json]).toEqual([201, expect.objectContaining({ ...HOOK, secret: 'whsec_made' })])
  const place = added.headers.get('location') ?? ''
  const { secret, ...webhook } = added.json
  expect((await bridge.call(place)).json).toEqual(webhook)
  expect((await bridge.call('/webhooks')).json).toEqual({ webhooks: [webhook] })
  const replaced = await bridge.call(place, { method: 'PUT', json: { url: 'https://example.com/other' } })
  expect(replaced.json).toMatchObject({ url: 'https://example.com/other', events: [], scope: 'own', account: null })
  expect(bridge.world.asked.at(-1)).toMatchObject({ field: 'saveWebhook', args: { input: { id: webhook.id } } })
  expect((await bridge.call(place, { method: 'DELETE' })).status).toBe(204)
  expect((await bridge.call(place, { method: 'DELETE' })).status).toBe(404)
  expect((await bridge.call(place)).status).toBe(404)
})

test('what the graph refuses is told by the names of REST', async () => {
  const refused = await add({ url: 'ftp://example.com' })
  expect(refused.json).toMatchObject({
    status: 422,
    errors: [{ path: 'url', message: 'must be a URL of http or https' }],
  })
})

test.each<[object, string]>([
  [{}, 'url'],
  [{ ...HOOK, events: ['job.exploded'] }, 'events.0'],
  [{ ...HOOK, secret: 'guess me' }, 'secret'],
  [{ ...HOOK, scope: 'others' }, 'scope'],
  [{ ...HOOK, owner: 'bob' }, 'owner'],
])('%o is no webhook', async (json, path) => {
  expect((await add(json)).json).toMatchObject({ status: 400, errors: [{ path }] })
})

test('deliveries come by pages', async () => {
  const place = (await add(HOOK)).headers.get('location')
  const { json, headers } = await bridge.call(`${place}/deliveries?limit=1`)
  expect(json).toEqual({
    deliveries: [expect.objectContaining({ event: 'job.completed', last_status: 500, last_error: 'It answered 500.' })],
    next_cursor: 'next',
  })
  expect(headers.get('link')).toBe(`<${place}/deliveries?limit=1&cursor=next>; rel="next"`)
  expect((await bridge.call(`${place?.replace(/c1$/, 'c2')}/deliveries`)).status).toBe(404)
})
