import { readFileSync } from 'node:fs'
import { Supergraph } from '@apollo/federation-internals'
import { buildOperationContext } from '@apollo/gateway'
import { createLogger } from '@constellation/platform/log.ts'
import fc from 'fast-check'
import { GraphQLError, NoUnusedVariablesRule, parse, specifiedRules, validate } from 'graphql'
import { expect, test, vi } from 'vitest'
import { takeSnapshot } from '../supergraph/supergraph.ts'
import { selectionOfType } from '../testing/selections.ts'
import { createWorld, type Faults } from '../testing/world.ts'
import { type Answering, answerByExecutor, answerEvent } from './answer-event.ts'
import { createEventsSubgraph } from './events-subgraph.ts'
import { planSubscription, rootOf } from './plan-subscription.ts'

// What is prepared for a plan and what Apollo's executor makes of it are the same, whatever is selected, and whatever the
// services answer: nulls where there may be none, values that are no such values, too few things, errors, or nothing.

const sdl = readFileSync(new URL(import.meta.resolve('@constellation/schema/generated/supergraph.graphql')), 'utf8')
const snapshot = takeSnapshot(Supergraph.build(sdl, { validateSupergraph: false }).apiSchema().toGraphQLJSSchema(), sdl)
const log = createLogger('test', 'silent')
const RULES = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule)
const who = { id: 'alice', role: 'user' as const, accounts: ['default'] }

const ROOTS = { jobChanged: 'Job', gpusChanged: 'Gpu', jobsChanged: 'Job' } as const

const watched = fc.constantFrom<keyof typeof ROOTS>('jobChanged', 'gpusChanged', 'jobsChanged').chain((field) =>
  fc.record({
    field: fc.constant(field),
    selection: selectionOfType(snapshot.apiSchema, ROOTS[field]),
    yes: fc.boolean(),
    seed: fc.integer(),
  }),
)
type Watched = typeof watched extends fc.Arbitrary<infer Value> ? Value : never

function answeringOf({ field, selection, yes }: Watched): Answering {
  const [id, argument] = field === 'jobChanged' ? [', $id: ID!', '(id: $id)'] : ['', '']
  const query = `subscription ($yes: Boolean!${id}) { it: ${field}${argument} ${selection} }`
  const document = parse(query)
  expect(validate(snapshot.apiSchema, document, RULES), query).toEqual([])
  const context = buildOperationContext({ schema: snapshot.apiSchema, operationDocument: document })
  const variables = { yes, ...(id && { id: 'the job' }) }
  const root = rootOf(snapshot, context, variables)
  if (root instanceof GraphQLError) throw root
  const planned = planSubscription(snapshot, context, root, query)
  return { snapshot, planned, variables, coerced: variables, who }
}

/** What both ways tell, and what each asks. `isPrepared` is true where the executor was not needed. */
async function bothWays(subscribed: Watched, faults: Faults) {
  const answering = answeringOf(subscribed)
  const { payload, ...world } = createWorld(snapshot.supergraph, ROOTS[subscribed.field], subscribed.seed, faults)
  const [one, other] = [world.services(), world.services()]
  const events = createEventsSubgraph('1')
  const select = vi.spyOn(events, 'select')
  const told = await outcome(answerEvent(payload, answering, { services: one.services, events, log }))
  const isPrepared = select.mock.calls.length === 0
  const wanted = await outcome(answerByExecutor(payload, answering, { services: other.services, events, log }))
  return { told, wanted, isPrepared, asked: one.asked, askedByExecutor: other.asked }
}

/** The executor itself throws at some values. */
const outcome = (told: Promise<object>) => told.catch((error: unknown) => ({ thrown: String(error) }))

/** As it is sent, with the order of fields. */
const written = (result: object) => JSON.stringify(result, null, 1)

test('what is in order is told without the executor, but for rare plans, and is what that tells', async () => {
  const runs = 60
  let prepared = 0
  const check = fc.asyncProperty(watched, async (subscribed) => {
    const { told, wanted, isPrepared, asked, askedByExecutor } = await bothWays(subscribed, { rate: 0 })
    expect(written(told)).toBe(written(wanted))
    expect(asked.toSorted()).toEqual(askedByExecutor.toSorted())
    if (isPrepared) prepared += 1
  })
  await fc.assert(check, { numRuns: runs })
  expect(prepared).toBeGreaterThan(runs * 0.9)
}, 60_000)

test('what is not in order is told as the executor tells it, and no service is asked twice', async () => {
  let prepared = 0
  const check = fc.asyncProperty(watched, fc.constantFrom(0.02, 0.1, 0.3), async (subscribed, rate) => {
    const { told, wanted, isPrepared, asked, askedByExecutor } = await bothWays(subscribed, { rate })
    expect(written(told)).toBe(written(wanted))
    expect(asked.toSorted()).toEqual(askedByExecutor.toSorted())
    if (isPrepared) prepared += 1
  })
  await fc.assert(check, { numRuns: 120 })
  expect(prepared).toBeGreaterThan(0)
}, 120_000)
