import { randomUUID } from 'node:crypto'
import type { BudgetEvent } from '@constellation/platform/events/budgets.ts'
import { expect, test } from 'vitest'
import type { SaveWebhookInput } from '../generated/resolvers.ts'
import { admin, alice, manager, useBench } from '../testing.ts'
import { listDeliveries } from './deliveries.ts'
import { noteBudgets } from './note-budgets.ts'
import { saveWebhook, type WebhookRow } from './webhooks.ts'

const bench = await useBench({ emptied: true })

async function saved(who: typeof alice, input: Partial<SaveWebhookInput>): Promise<WebhookRow> {
  const result = await saveWebhook(bench.as(who), { url: 'https://example.com/hook', ...input })
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.webhook
}

const crossed = (changes: Partial<BudgetEvent> = {}): BudgetEvent => ({
  id: `usage-${randomUUID()}`,
  ts: new Date(Date.now() + 1_000).toISOString(),
  type: 'budget.crossed',
  budgetId: randomUUID(),
  account: 'team-a',
  unit: 'EUR',
  amount: '1.0000000000',
  month: '2026-01',
  threshold: 80,
  spent: '0.8100000000',
  ...changes,
})
const note = (...events: BudgetEvent[]) => noteBudgets(bench.database.pool, events)
const sent = async (webhook: WebhookRow) =>
  (await listDeliveries(bench.as(admin), webhook, 10, null)).nodes.map(({ eventType }) => eventType)

test('a crossed threshold is sent to who names it, of the account or of all, once', async () => {
  const eventTypes = ['budget.crossed']
  const ofAccount = await saved(manager, { scope: 'ACCOUNT', account: 'team-a', eventTypes })
  const ofAll = await saved(admin, { scope: 'ALL', eventTypes })
  const ofWho = await saved(alice, { eventTypes })
  const event = crossed()
  expect(await note(event, crossed({ account: 'team-b' }))).toBe(3)
  expect(await note(event)).toBe(0)
  expect(await sent(ofAccount)).toEqual(eventTypes)
  expect(await sent(ofAll)).toEqual([...eventTypes, ...eventTypes])
  expect(await sent(ofWho)).toEqual([])
})

test('who asked for all that happens to jobs hears of no budget, nor anybody of one that was saved', async () => {
  await saved(admin, { scope: 'ALL' })
  await saved(manager, { scope: 'ACCOUNT', account: 'team-a', eventTypes: ['job.failed'] })
  expect(await note(crossed())).toBe(0)
  await saved(admin, { scope: 'ALL', eventTypes: ['budget.crossed'] })
  expect(await note(crossed({ type: 'budget.saved', threshold: null, month: null, spent: null }))).toBe(0)
})

test('is told in the words of the contract', async () => {
  await saved(admin, { scope: 'ALL', eventTypes: ['budget.crossed'] })
  const event = crossed()
  await note(event)
  const { rows } = await bench.database.pool.query('SELECT payload FROM webhook_deliveries')
  const { budgetId: id, account, unit, amount, month, threshold, spent } = event
  expect(JSON.parse(rows[0].payload)).toEqual({
    type: 'budget.crossed',
    timestamp: event.ts,
    data: { budget: { id, account, unit, amount, month, threshold, spent } },
  })
})
