import { openSubgraph } from '@constellation/platform/database/testing-statements.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolvers } from './resolvers.ts'
import { RULES } from './rules.ts'
import { startRun } from './start.ts'
import { alice, type Bench, claim, gpu, leaseOf, log, openBench, submitted, worker } from './testing.ts'

const MANY = 50

let bench: Bench
let subgraph: Awaited<ReturnType<typeof openSubgraph>>

beforeAll(async () => {
  bench = await openBench()
  subgraph = await openSubgraph({
    name: 'jobs',
    resolvers,
    rules: RULES,
    context: (who) => bench.as(who),
    pool: bench.database.pool,
    log,
  })
  let newest = ''
  for (let i = 0; i < MANY; i++) newest = (await submitted(bench, { gpus: { count: 1 } })).id
  const claims = await claim(
    bench,
    worker,
    Array.from({ length: MANY }, (_, i) => gpu(i)),
    0,
  )
  for (const each of claims) await startRun(bench.as(worker), leaseOf(each))
  // The first job of each list has all that the others have.
  for (let i = 0; i < MANY; i++) await submitted(bench, { dependsOn: [newest], after: [newest] })
})
afterAll(async () => {
  await subgraph?.stop()
  await bench?.close()
})

const JOBS = `query ($state: JobState!, $first: Int!) { jobs(first: $first, filter: { states: [$state] }) { nodes {
  id name command env secrets queue { position reason message } array { index }
  dependsOn { id state } after { id name } dependents { id } events { type at }
  runs { attempt state metrics { energyJoules } job { id runs { id } } gpus { id } worker { id } }
} } }`

test.each(['RUNNING', 'QUEUED'])('fifty jobs that are %s take as many statements as one', async (state) => {
  const one = await subgraph.ask(alice, JOBS, { state, first: 1 })
  const many = await subgraph.ask(alice, JOBS, { state, first: MANY })
  expect(one.data).toMatchObject({ jobs: { nodes: expect.toSatisfy((nodes) => nodes.length === 1) } })
  expect(many.data).toMatchObject({ jobs: { nodes: expect.toSatisfy((nodes) => nodes.length === MANY) } })
  expect(one.statements).toBeGreaterThan(3)
  expect(many.statements).toBe(one.statements)
})

const OF_OTHERS = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
  ... on Gpu { currentRun { id attempt job { id name } } }
} }`

test('what fifty GPUs are used for takes as many statements as for one', async () => {
  const refs = Array.from({ length: MANY }, (_, i) => ({ __typename: 'Gpu', id: gpu(i).id }))
  const one = await subgraph.ask(alice, OF_OTHERS, { refs: refs.slice(0, 1) })
  const many = await subgraph.ask(alice, OF_OTHERS, { refs })
  expect(one.statements).toBeGreaterThan(0)
  expect(many.statements).toBe(one.statements)
})
