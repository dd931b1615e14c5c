import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'
import { expect, test } from 'vitest'
import type { Principal } from './identity.ts'
import { enforceRules, OPERATES, READS, type Rules, SUBMITS, WORKS } from './rules.ts'

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { thing: Thing }
  type Mutation { make: Thing close: Thing take: Thing }
  type Thing @key(fields: "id") { id: ID! }`
const RULES: Rules = {
  Query: { thing: READS },
  Mutation: { make: SUBMITS, close: OPERATES, take: WORKS },
  references: { Thing: READS },
}

let resolved: string[] = []

function schemaWith(rules: Rules) {
  const say = (name: string) => () => {
    resolved.push(name)
    return { id: name }
  }
  const resolvers = {
    Query: { thing: say('thing') },
    Mutation: { make: say('make'), close: say('close'), take: say('take') },
    Thing: { __resolveReference: say('reference') },
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers }])
  enforceRules(schema, rules)
  return schema
}

const schema = schemaWith(RULES)

async function refusal(who: Principal, source: string): Promise<string | undefined> {
  resolved = []
  const { errors } = await graphql({ schema, source, contextValue: { who } })
  // Refused means that no resolver ran; let through, that one did.
  expect(resolved).toHaveLength(errors ? 0 : 1)
  return errors?.[0]?.message
}

const as = (role: Principal['role'], scopes?: Principal['scopes']): Principal => ({
  id: 'x',
  role,
  accounts: [],
  ...(scopes && { scopes }),
})
const REFERENCE = '{ _entities(representations: [{ __typename: "Thing", id: "1" }]) { __typename } }'

test('a role that the rule does not name is refused before any resolver runs, in a plain sentence', async () => {
  expect(await refusal(as('user'), 'mutation { make { id } }')).toBeUndefined()
  expect(await refusal(as('analyst'), 'mutation { make { id } }')).toBe(
    'This is for the role user or account-manager or operator or admin; yours is analyst.',
  )
  expect(await refusal(as('user'), 'mutation { close { id } }')).toMatch(/operator or admin; yours is user/)
  expect(await refusal(as('operator'), 'mutation { close { id } }')).toBeUndefined()
})

test('workers have what is for workers, and nobody else has', async () => {
  expect(await refusal(as('worker'), 'mutation { take { id } }')).toBeUndefined()
  for (const source of ['{ thing { id } }', 'mutation { make { id } }', REFERENCE]) {
    expect(await refusal(as('worker'), source)).toMatch(/yours is worker/)
  }
  expect(await refusal(as('admin'), 'mutation { take { id } }')).toMatch(/for the role worker; yours is admin/)
})

test('a token that is limited to scopes does what these allow, within its role', async () => {
  expect(await refusal(as('admin', ['READ']), '{ thing { id } }')).toBeUndefined()
  expect(await refusal(as('admin', ['READ']), 'mutation { make { id } }')).toMatch(/scope SUBMIT/)
  expect(await refusal(as('admin', ['READ', 'SUBMIT']), 'mutation { close { id } }')).toMatch(/scope OPERATE/)
  expect(await refusal(as('user', ['OPERATE']), 'mutation { close { id } }')).toMatch(/yours is user/)
  expect(await refusal(as('user', []), REFERENCE)).toMatch(/scope READ/)
})

test('references have the rule of their type, and without one they are for nobody', async () => {
  expect(await refusal(as('analyst'), REFERENCE)).toBeUndefined()
  const closed = schemaWith({ ...RULES, references: {} })
  const { errors } = await graphql({ schema: closed, source: REFERENCE, contextValue: { who: as('admin') } })
  expect(errors?.[0]?.message).toBe('This is for nobody.')
})

test('the contract is told to nobody', async () => {
  expect(await refusal(as('admin'), '{ _service { sdl } }')).toBe('This is for nobody.')
})

test('a service does not start with a field that has no rule, or a rule that has no field', () => {
  expect(() => schemaWith({ ...RULES, Query: {} })).toThrow('Rules of Query differ from the contract: thing.')
  expect(() => schemaWith({ ...RULES, Mutation: { ...RULES.Mutation, more: READS } })).toThrow('more')
  expect(() => schemaWith({ ...RULES, references: { Other: READS } })).toThrow('Other')
})
