import { beforeAll, expect, test, vi } from 'vitest'
import { submit, type World } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

const AUDIT_LOG = `query ($filter: AuditFilter) {
  auditLog(filter: $filter) { nodes { who role address via action targets arguments outcome error count } }
}`

interface AuditNode {
  action: string
  arguments: string
}

async function records(filter: object): Promise<AuditNode[]> {
  const { data, errors } = await world.graphql(AUDIT_LOG, { filter })
  if (!data) throw new Error(JSON.stringify(errors))
  return (data as { auditLog: { nodes: AuditNode[] } }).auditLog.nodes
}

test('what is changed and who is refused is in the log of the graph, and nothing hidden is', async () => {
  await world.graphql('mutation { saveSecret(input: {name: "KEY", value: "hush-hush"}) { problems { path } } }')
  const job = await submit(world, { command: ['true'], env: { KEY: 'hush-hush' } })
  for (const _ of [1, 2]) await world.rest('/jobs', { headers: { authorization: 'Bearer hush-hush' } })
  await world.rest(`/jobs/${job.id}`, { method: 'DELETE' })

  const mine = await vi.waitFor(
    async () => {
      const found = await records({ who: 'admin' })
      expect(found.map(({ action }) => action)).toEqual(['cancelJob', 'submitJob', 'saveSecret'])
      return found
    },
    { timeout: 20_000 },
  )
  expect(mine).toMatchObject([
    { role: 'admin', via: 'REST', targets: [job.id], outcome: 'DONE', error: null },
    { via: 'REST', targets: expect.arrayContaining([job.id]), outcome: 'DONE' },
    { via: 'HTTP', targets: ['KEY'], outcome: 'DONE' },
  ])
  expect(JSON.parse(mine[1]?.arguments ?? '')).toMatchObject({ input: { env: { KEY: '[hidden]' } } })
  const refused = await records({ outcome: 'REFUSED' })
  expect(refused).toMatchObject([
    { who: null, address: '127.0.0.1', action: 'sign in', error: 'UNAUTHENTICATED', count: 1 },
  ])
  expect(JSON.stringify([mine, refused])).not.toContain('hush')
})
