import { randomUUID } from 'node:crypto'
import { cloneDatabase } from '@constellation/local/testing.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import { openSubgraph } from '@constellation/platform/database/testing-statements.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { expect, test } from 'vitest'
import { createContext, createSurroundings } from './context.ts'
import { resolvers } from './resolvers.ts'
import { RULES } from './rules.ts'
import { forTests } from './testing.ts'

test('the usage of fifty jobs and of fifty runs takes as many statements as that of one', async () => {
  const log = createLogger('test', 'silent')
  const own = await cloneDatabase()
  const { pool, read, orm } = await openDatabase(own.urls.usage, { schema: 'usage', entities: [], log })
  const nobody = { ask: () => Promise.reject(new Error('It is not asked.')) }
  const subgraph = await openSubgraph({
    name: 'usage',
    resolvers,
    rules: RULES,
    context: (who) => createContext(createSurroundings({ pool, read }, nobody, forTests), who),
    pool,
    log,
  })
  const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
    ... on Job { usage { gpuSeconds runs } } ... on Run { usage { gpuSeconds } }
    ... on Account { usage { gpuSeconds } } ... on Gpu { usage { gpuSeconds } }
  } }`
  const refs = Array.from({ length: 50 }, () => [
    { __typename: 'Job', id: randomUUID() },
    { __typename: 'Run', id: randomUUID() },
    { __typename: 'Account', id: randomUUID() },
    { __typename: 'Gpu', id: randomUUID() },
  ]).flat()
  const who = { id: 'ann', role: 'analyst' as const, accounts: [] }
  const one = await subgraph.ask(who, query, { refs: refs.slice(0, 4) })
  const many = await subgraph.ask(who, query, { refs })
  await subgraph.stop()
  await orm.close(true)
  await own.drop()
  expect(one.statements).toBeGreaterThan(0)
  expect(many.statements).toBe(one.statements)
})
