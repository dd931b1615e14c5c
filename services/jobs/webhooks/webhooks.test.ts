import { JOB_EVENT_TYPES, type JobEvent } from '@constellation/platform/events/job-event.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { expect, test, vi } from 'vitest'
import type { SaveWebhookInput } from '../generated/resolvers.ts'
import { disableWebhook, markFailed, releaseDelivery, takeDue } from '../sql/webhook-deliveries.ts'
import { alice, analyst, bob, manager, operator, useBench, worker } from '../testing.ts'
import { createApiToken, revokeApiToken } from '../tokens/api-tokens.ts'
import { noteOwner } from '../tokens/owners.ts'
import { listDeliveries } from './deliveries.ts'
import { noteEvents } from './note-events.ts'
import { deleteWebhook, findWebhook, listWebhooks, saveWebhook, type WebhookRow } from './webhooks.ts'

const admin: Principal = { id: 'ada', role: 'admin', accounts: [] }
const URL = 'https://example.com/hook'

const bench = await useBench({ emptied: true })

const save = (who: Principal, input: Partial<SaveWebhookInput> = {}, mayBePrivate = false) =>
  saveWebhook({ ...bench.as(who), webhooksMayBePrivate: mayBePrivate }, { url: URL, ...input })

async function saved(who: Principal, input: Partial<SaveWebhookInput> = {}): Promise<WebhookRow> {
  const result = await save(who, input)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.webhook
}

let number = 0

function event(
  fields: { type?: JobEvent['type']; account?: string; submittedBy?: string; ts?: string } = {},
): JobEvent {
  const {
    type = 'job.completed',
    account = 'team-a',
    submittedBy = 'alice',
    ts = new Date(Date.now() + 1_000).toISOString(),
  } = fields
  const job = {
    id: '0199a1b2-0000-7000-8000-000000000001',
    name: 'train',
    state: 'completed' as const,
    version: 4,
    priority: 0,
    account,
    submittedBy,
    createdAt: ts,
    startedAt: ts,
    finishedAt: ts,
    reason: null,
    cancelRequested: false,
  }
  return { id: `jobs-${++number}`, ts, type, job, run: null }
}

/** What each of these webhooks is to be sent of the events. */
async function heard(webhooks: readonly WebhookRow[], events: readonly JobEvent[]): Promise<string[][]> {
  await noteEvents(bench.database.pool, events)
  return Promise.all(
    webhooks.map(async (webhook) => {
      const { nodes } = await listDeliveries(bench.as(admin), webhook, 50, null)
      return nodes.map(({ eventType }) => eventType).reverse()
    }),
  )
}

test('a webhook hears of the jobs of its scope, and of no others', async () => {
  const hooks = [
    await saved(alice),
    await saved(bob),
    await saved(manager, { scope: 'ACCOUNT', account: 'team-a' }),
    await saved(admin, { scope: 'ALL' }),
  ]
  const events = [
    event({ type: 'job.queued' }),
    event({ type: 'job.failed', account: 'team-b', submittedBy: 'bob' }),
    event({ type: 'job.cancelled', submittedBy: 'carol' }),
  ]
  expect(await heard(hooks, events)).toEqual([
    ['job.queued'],
    ['job.failed'],
    ['job.queued', 'job.cancelled'],
    ['job.queued', 'job.failed', 'job.cancelled'],
  ])
})

test('it hears of the events that it names, once each however often they come, and of none from before it was there', async () => {
  const hooks = [await saved(alice, { eventTypes: ['job.completed', 'job.completed'] })]
  const old = event({ ts: new Date(Date.now() - 60_000).toISOString() })
  const events = [event({ type: 'job.running' }), event(), old]
  expect(await heard(hooks, events)).toEqual([['job.completed']])
  expect(await heard(hooks, [...events, ...events])).toEqual([['job.completed']])
})

test('one that is disabled hears of nothing', async () => {
  const hooks = [await saved(alice)]
  await bench.database.pool.query(`UPDATE webhooks SET disabled_at = now(), why_disabled = 'It failed.'`)
  expect(await heard(hooks, [event()])).toEqual([[]])
})

const take = async () => {
  const due = await takeDue(bench.database.pool, { busy: [], webhooks: 10, each: 10, leaseSeconds: 60 })
  return due.map(({ owner }) => owner)
}

test('what is given up while it is tried does not come again, not even to a webhook that is saved anew', async () => {
  const { pool } = bench.database
  const hook = await saved(alice)
  await noteEvents(pool, [event(), event()])
  const [failed, released] = await takeDue(pool, { busy: [], webhooks: 10, each: 10, leaseSeconds: 60 })
  if (!failed || !released) throw new Error('nothing was due')
  await disableWebhook(pool, hook.id, 'It failed.')
  await markFailed(pool, { id: failed.id, status: 500, error: 'It answered 500.', retryInSeconds: -1 })
  await releaseDelivery(pool, released)
  await saved(alice, { id: hook.id })
  const { nodes } = await listDeliveries(bench.as(alice), hook, 50, null)
  const left = Object.fromEntries(nodes.map(({ id, nextAt, lastStatus }) => [id, { nextAt, lastStatus }]))
  expect(left).toEqual({
    [failed.id]: { nextAt: null, lastStatus: 500 },
    [released.id]: { nextAt: null, lastStatus: null },
  })
  expect(await take()).toEqual([])
})

test('webhooks are listed oldest first, whatever their ids', async () => {
  const hooks = [await saved(alice), await saved(alice), await saved(alice)]
  const [last, first, second] = hooks.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const { pool } = bench.database
  for (const [i, hook] of [first, second, last].entries())
    await pool.query(`UPDATE webhooks SET created_at = now() + $2 * interval '1 s' WHERE id = $1`, [hook?.id, i])
  expect((await listWebhooks(bench.as(alice))).map(({ id }) => id)).toEqual([first?.id, second?.id, last?.id])
})

test.each<[what: string, who: Principal, input: Partial<SaveWebhookInput>, now: Principal, why: string]>([
  [
    'of an administrator who is none any more',
    admin,
    { scope: 'ALL' },
    { ...admin, role: 'operator' },
    'Its owner is no administrator any more.',
  ],
  [
    'of a manager who left the account',
    manager,
    { scope: 'ACCOUNT', account: 'team-a' },
    { ...manager, accounts: ['team-b'] },
    'Its owner does not manage the account any more.',
  ],
  [
    'of a manager who is a user now',
    manager,
    { scope: 'ACCOUNT', account: 'team-a' },
    { ...manager, role: 'user' },
    'Its owner does not manage the account any more.',
  ],
])(
  'a webhook %s is sent nothing from then on, not what waited either, and says why',
  async (_, who, input, now, why) => {
    const hook = await saved(who, input)
    await noteOwner(bench.database.pool, who)
    expect(await heard([hook], [event(), event({ type: 'job.failed' })])).toEqual([['job.completed', 'job.failed']])
    await noteOwner(bench.database.pool, now)
    expect(await take()).toEqual([])
    expect(await heard([hook], [event({ type: 'job.cancelled' })])).toEqual([['job.completed', 'job.failed']])
    expect(await findWebhook(bench.as(admin), hook.id)).toMatchObject({
      whyDisabled: why,
      disabledAt: expect.any(Date),
    })
    const { nodes } = await listDeliveries(bench.as(admin), hook, 50, null)
    expect(nodes.map(({ nextAt }) => nextAt)).toEqual([null, null])
  },
)

test.each<[how: string, end: (tokenId: string) => Promise<unknown>]>([
  ['is revoked', (tokenId) => revokeApiToken(bench.as(alice), tokenId)],
  ['ends', () => bench.database.pool.query(`UPDATE api_tokens SET expires_at = now() - interval '1 ms'`)],
])('a webhook that was made with a token is sent nothing once that %s; another of its owner is', async (_, end) => {
  const made = await createApiToken(bench.as(alice), { name: 'script', scopes: ['READ', 'SUBMIT'] })
  const tokenId = 'token' in made ? made.token.id : ''
  const byToken = await saved({ ...alice, scopes: ['READ', 'SUBMIT'], tokenId })
  const own = await saved(alice)
  expect(await heard([byToken, own], [event()])).toEqual([['job.completed'], ['job.completed']])
  await end(tokenId)
  const after = await heard([byToken, own], [event({ type: 'job.failed' })])
  expect(after).toEqual([['job.completed'], ['job.completed', 'job.failed']])
  expect(await take()).toEqual(['alice', 'alice'])
  await saved(alice, { id: byToken.id })
  expect(await heard([byToken], [event({ type: 'job.cancelled' })])).toEqual([['job.completed', 'job.cancelled']])
})

test.each<[string, Principal, Partial<SaveWebhookInput>, string]>([
  ['a name that is no URL', alice, { url: 'example.com' }, 'url'],
  ['another scheme', alice, { url: 'ftp://example.com/' }, 'url'],
  ['a password in it', alice, { url: 'https://me:secret@example.com/' }, 'url'],
  ['a private address', alice, { url: 'http://10.0.0.1/' }, 'url'],
  ['the address of a cloud’s credentials', admin, { url: 'http://169.254.169.254/latest' }, 'url'],
  ['an event that there is not', alice, { eventTypes: ['job.exploded'] }, 'eventTypes.0'],
  ['a weak secret', alice, { secret: 'whsec_c2hvcnQ=' }, 'secret'],
  ['all jobs for a manager', manager, { scope: 'ALL' }, 'scope'],
  ['an account for a user', alice, { scope: 'ACCOUNT', account: 'team-a' }, 'scope'],
  ['an account of others', manager, { scope: 'ACCOUNT', account: 'team-b' }, 'account'],
  ['an account that is missing', manager, { scope: 'ACCOUNT' }, 'account'],
  ['an account with the scope OWN', alice, { account: 'team-a' }, 'account'],
])('%s is refused', async (_, who, input, path) => {
  expect(await save(who, input)).toMatchObject({ problems: [{ path }] })
  expect(await listWebhooks(bench.as(admin))).toEqual([])
})

test('where private addresses are allowed, those of clouds’ credentials are not', async () => {
  expect(await save(alice, { url: 'http://127.0.0.1:8080/' }, true)).toHaveProperty('webhook')
  expect(await save(alice, { url: 'http://169.254.169.254/' }, true)).toHaveProperty('problems')
})

test('a secret that was made is shown once, one that was given never, and neither is stored as it is', async () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  expect(await save(alice, { secret })).toMatchObject({ secret: null })
  const made = await save(alice)
  const shown = 'secret' in made ? (made.secret ?? '') : ''
  expect(shown).toMatch(/^whsec_.{44}$/)
  const { rows } = await bench.database.pool.query('SELECT secret FROM webhooks')
  for (const row of rows) {
    expect(row.secret.includes(Buffer.alloc(32, 7))).toBe(false)
    expect(row.secret.toString('latin1')).not.toContain(shown)
  }
})

test('webhooks are seen, replaced and deleted by their owner, and seen and deleted by administrators', async () => {
  const { id } = await saved(alice)
  for (const who of [bob, manager, operator, analyst]) {
    const other = bench.as(who)
    expect([who.id, await findWebhook(other, id), await listWebhooks(other)]).toEqual([who.id, null, []])
    expect(await deleteWebhook(other, id)).toBe(false)
    await expect(save(who, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
  await expect(save(worker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(save(alice, { id: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await saved(alice, { id, url: 'https://example.com/other' })).url).toBe('https://example.com/other')
  expect(await findWebhook(bench.as(admin), id)).toMatchObject({ owner: 'alice' })
  expect(await deleteWebhook(bench.as(admin), id)).toBe(true)
  expect(await listWebhooks(bench.as(alice))).toEqual([])
})

test('a person has at most 20', async () => {
  for (let i = 0; i < 20; i++) await saved(alice)
  expect(await save(alice)).toMatchObject({ problems: [{ path: '' }] })
  expect(await save(bob)).toHaveProperty('webhook')
})

test('deliveries come by pages, newest first', async () => {
  const webhook = await saved(alice)
  await noteEvents(
    bench.database.pool,
    JOB_EVENT_TYPES.map((type) => event({ type })),
  )
  const seen: string[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const { nodes, pageInfo } = await listDeliveries(bench.as(alice), webhook, 4, after)
    seen.push(...nodes.map(({ eventType }) => eventType))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  }
  expect(seen.toSorted()).toEqual([...JOB_EVENT_TYPES].toSorted())
  await expect(listDeliveries(bench.as(alice), webhook, 4, 'nonsense')).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  })
})

test('the deliveries of many webhooks are one question, and each has its own', async () => {
  const webhooks = [await saved(alice), await saved(bob), await saved(alice, { eventTypes: ['job.failed'] })]
  await noteEvents(bench.database.pool, [event(), event({ submittedBy: 'bob', type: 'job.failed' })])
  const context = bench.as(admin)
  const asked = vi.spyOn(bench.database.pool, 'query')
  const pages = await Promise.all(webhooks.map((webhook) => listDeliveries(context, webhook, 10, null)))
  expect(asked).toHaveBeenCalledTimes(1)
  asked.mockRestore()
  expect(pages.map(({ nodes }) => nodes.map(({ eventType }) => eventType))).toEqual([
    ['job.completed'],
    ['job.failed'],
    [],
  ])
})
