// Where the secret of a webhook belongs, so that it opens for this webhook alone.
import type { Place } from '../secrets/seal.ts'

/** No account has a name like this. */
export function sealPlace({ webhookId, owner }: { webhookId: string; owner: string }): Place {
  return { account: `webhook:${owner}`, name: webhookId }
}
