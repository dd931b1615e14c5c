// For tests: webhooks in memory, as much of them as a bridge can ask for.
import type { SaveWebhookInput } from '../generated/documents.ts'

const AT = '2026-01-31T12:00:00.000Z'
const WEBHOOK_ID = '0199a1b2-0000-7000-8000-0000000000c1'

const DELIVERY = {
  id: '0199a1b2-0000-7000-8000-0000000000d1',
  eventType: 'job.completed',
  createdAt: AT,
  attempts: 1,
  lastAt: AT,
  nextAt: null,
  deliveredAt: null,
  lastStatus: 500,
  lastError: 'It answered 500.',
}

/** The graph's fields about webhooks. It has one at the most. */
export function webhookFields() {
  let stored: object | null = null
  const make = ({ url, eventTypes, scope, account }: SaveWebhookInput) => ({
    id: WEBHOOK_ID,
    owner: 'alice',
    url,
    eventTypes: eventTypes ?? [],
    scope: scope ?? 'OWN',
    account: account ?? null,
    createdAt: AT,
    failures: 0,
    failingSince: null,
    disabledAt: null,
    whyDisabled: null,
    deliveries: ({ first }: { first: number }) => ({
      nodes: [DELIVERY],
      pageInfo: { hasNextPage: first === 1, endCursor: 'next' },
    }),
  })
  return {
    webhooks: () => (stored ? [stored] : []),
    webhook: ({ id }: { id: string }) => (id === WEBHOOK_ID ? stored : null),
    saveWebhook: ({ input }: { input: SaveWebhookInput }) => {
      const problems = input.url.startsWith('http') ? [] : [{ path: 'url', message: 'must be a URL of http or https' }]
      if (problems.length > 0) return { webhook: null, secret: null, problems }
      stored = make(input)
      return { webhook: stored, secret: input.id || input.secret ? null : 'whsec_made', problems }
    },
    deleteWebhook: () => {
      const wasThere = stored !== null
      stored = null
      return wasThere
    },
  }
}
