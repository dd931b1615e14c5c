// Changes that failed by a fault of ours, as the audit log has them: whoever asked may have left before the answer.
import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '../testing.ts'

const ENTRIES = `query ($filter: AuditFilter, $after: String) {
  auditLog(filter: $filter, first: 500, after: $after) { nodes { action arguments error } pageInfo { endCursor hasNextPage } }
}`
const LIMIT_MS = 30_000

interface Entry {
  action: string
  arguments: string
  error: string | null
}

/** All that was asked for before is in it. */
export async function failedChanges(world: World): Promise<Entry[]> {
  const marker = `secret ${crypto.randomUUID()}`
  await world.graphql('mutation ($name: String!) { deleteSecret(name: $name) }', { name: marker })
  // Records arrive one behind the other.
  const until = Date.now() + LIMIT_MS
  while (
    !(await page(world, { action: 'deleteSecret' }, null)).nodes.some((entry) => entry.arguments.includes(marker))
  ) {
    if (Date.now() > until) throw new Error('The audit log has not caught up.')
    await wait(50)
  }
  const failed: Entry[] = []
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await page(world, { outcome: 'FAILED' }, after)
    // The others are of inputs that nobody could have answered otherwise.
    failed.push(...nodes.filter(({ error }) => error === 'INTERNAL_SERVER_ERROR'))
    if (!pageInfo.hasNextPage) return failed
    after = pageInfo.endCursor
  }
}

async function page(world: World, filter: object, after: string | null) {
  const { data } = await world.graphql(ENTRIES, { filter, after })
  const { auditLog } = data as { auditLog: { nodes: Entry[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }
  return auditLog
}
