import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { undescribedInGraph } from './graph/undescribed.ts'
import { readContract } from './rest/contract.ts'
import { undescribedInContract } from './rest/undescribed.ts'

test('a type, a field, an argument, an input’s field or a value that says nothing of itself is named', () => {
  const schema = buildSchema(`
    "What can be asked."
    type Query { "One." one("Which." id: ID, of: Filter): Thing two: Int }
    type Thing { "Its name." name: String }
    "Which."
    input Filter { "By name." name: String kind: Kind }
    "A kind."
    enum Kind { "Good." GOOD BAD }
  `)
  expect(undescribedInGraph(schema)).toEqual(['Filter.kind', 'Kind.BAD', 'Query.one(of)', 'Query.two', 'Thing'])
})

test('an operation, a parameter, a schema or a property of it that says nothing of itself is named', () => {
  const contract = readContract()
  expect(undescribedInContract(contract)).toEqual([])
  const { description: _, ...job } = contract.components.schemas.Job ?? {}
  const properties = { ...job.properties, name: { type: 'string' } }
  const schemas = { ...contract.components.schemas, Job: { ...job, properties } }
  expect(undescribedInContract({ ...contract, components: { ...contract.components, schemas } })).toEqual([
    'Job',
    'Job.name',
  ])
})
