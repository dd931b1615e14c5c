import { openSubgraph } from '@constellation/platform/database/testing-statements.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolvers } from './resolvers.ts'
import { RULES } from './rules.ts'
import { type Bench, log, openBench, operator, registered, report, xid } from './testing.ts'

const MANY = 50

let bench: Bench
let subgraph: Awaited<ReturnType<typeof openSubgraph>>
let gpuIds: string[]

beforeAll(async () => {
  bench = await openBench()
  subgraph = await openSubgraph({
    name: 'gpus',
    resolvers,
    rules: RULES,
    context: (who) => bench.as(who),
    pool: bench.database.pool,
    log,
  })
  gpuIds = []
  for (let i = 0; i < MANY; i++) {
    const [id = ''] = await registered(bench, `worker-${i}`)
    await report(bench, `worker-${i}`, id, { xids: [xid(31)] })
    gpuIds.push(id)
  }
})
afterAll(async () => {
  await subgraph?.stop()
  await bench?.close()
})

const FIELDS = `id name state stateReason health cordon { reason } labels lastSample { at } processes { pid }
  faults(first: 5) { id message gpu { id } } events(first: 5) { type } worker { id state cordon { reason } gpus { id faults { id } } }`

test('a list of fifty GPUs takes as many statements as one of one', async () => {
  const query = `query ($first: Int!) { gpus(first: $first) { nodes { ${FIELDS} } } }`
  const one = await subgraph.ask(operator, query, { first: 1 })
  const many = await subgraph.ask(operator, query, { first: MANY })
  expect(many.data).toMatchObject({ gpus: { nodes: { length: MANY } } })
  expect(one.statements).toBeGreaterThan(3)
  expect(many.statements).toBe(one.statements)
})

test('fifty GPUs of other services’ runs, and what they did meanwhile, take as many as one', async () => {
  const query = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
    ... on Gpu { ${FIELDS} } ... on Run { telemetry(points: 5) { gpu { id } rollups { at } } }
  } }`
  const refs = gpuIds.flatMap((id) => [
    { __typename: 'Gpu', id },
    { __typename: 'Run', id, gpus: [{ __typename: 'Gpu', id }] },
  ])
  const one = await subgraph.ask(operator, query, { refs: refs.slice(0, 2) })
  const many = await subgraph.ask(operator, query, { refs })
  expect(one.statements).toBeGreaterThan(3)
  expect(many.statements).toBe(one.statements)
})
