import { globSync, readFileSync } from 'node:fs'
import { buildSchema, getIntrospectionQuery, Kind, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { attack } from '../testing/gateway.ts'
import { MAX_COST, operationCost } from './cost.ts'

const folder = new URL('../..', import.meta.url).pathname
const read = (file: string) => readFileSync(`${folder}/${file}`, 'utf8')
const schema = buildSchema(read('schema/generated/api.graphql'))

/** The cost of each operation of a valid document, by name. */
function costs(text: string, variables: Record<string, unknown> = {}): Record<string, number> {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  return Object.fromEntries(
    operations.map((node) => [node.name?.value ?? '', operationCost(schema, document, node, variables)]),
  )
}

const cost = (text: string, variables?: Record<string, unknown>) => costs(text, variables)['']

describe('the cost of an operation', () => {
  test.each([
    ['a scalar', '{ version }', 1],
    ['an object and its fields', '{ gpu(id: "x") { id name } }', 3],
    ['a list of scalars as one', '{ job(id: "x") { command } }', 2],
    ['a list as long as a list may be', '{ templates { name } }', 32 * 2],
    ['a page as long as it says', '{ jobs(first: 7) { nodes { id } pageInfo { hasNextPage } } }', 1 + 7 * 2 + 2],
    ['a page as long as it is by default', '{ jobs { nodes { id } } }', 1 + 50 * 2],
    ['a list as long as it says', '{ usageLeaderboard(first: 3) { rank } }', 3 * 2],
    ['a page of less than one as one', '{ jobs(first: -9) { nodes { id } } }', 1 + 2],
    ['null as the default', '{ jobs(first: null) { nodes { id } } }', 1 + 50 * 2],
    [
      'a chart as long as it says',
      '{ gpu(id: "x") { history(from: "2026-01-01T00:00:00Z", points: 5) { at } } }',
      1 + 5 * 2,
    ],
    ['one of each GPU of a run', '{ run(id: "x") { telemetry(points: 5) { rollups { at } } } }', 1 + 5 * (1 + 8 * 2)],
    ['lists in lists', '{ workers(first: 2) { nodes { gpus { id } } } }', 1 + 2 * (1 + 32 * 2)],
    ['the same under two names twice', '{ a: gpu(id: "x") { id } b: gpu(id: "x") { id } }', 4],
    ['fragments where they are spread', '{ jobs(first: 7) { ...P } } fragment P on JobConnection { nodes { id } }', 15],
    ['fragments without a name', '{ job(id: "x") { ... { id } ... on Job { name } } }', 3],
  ])('counts %s', (_what, query, expected) => {
    expect(cost(query)).toBe(expected)
  })

  test('knows variables', () => {
    const query = 'query ($first: Int) { jobs(first: $first) { nodes { id } } }'
    expect(cost(query, { first: 9 })).toBe(19)
    expect(cost(query)).toBe(101)
  })

  test('is found in no time however fragments spread one another', () => {
    const twice = Array.from({ length: 100 }, (_, i) => `fragment f${i} on Gpu { ...f${i + 1} ... { ...f${i + 1} } }`)
    const text = `{ gpu(id: "x") { ...f0 } } ${twice.join(' ')} fragment f100 on Gpu { id }`
    const document = parse(text)
    const [operation] = document.definitions
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('It begins with an operation.')
    expect(operationCost(schema, document, operation, {})).toBeGreaterThan(MAX_COST)
  })
})

describe('the limit', () => {
  test.each([attack(), attack('mutation'), attack('subscription')])('is below %s', (query) => {
    expect(cost(query)).toBeGreaterThan(MAX_COST)
  })

  test('leaves room for introspection', () => {
    expect(costs(getIntrospectionQuery()).IntrospectionQuery).toBeLessThan(MAX_COST / 1.5)
  })

  // What one may ask of each at most, by the page and by schema/openapi.yaml.
  test.each([
    ['the page', globSync('web/src/**/*.graphql', { cwd: folder }), { first: 200 }],
    ['REST', ['gateway/rest/documents.graphql'], { first: 200 }],
    ['workers', ['worker/documents.graphql'], {}],
  ])('leaves room for all that is asked by %s', (_who, files, variables) => {
    const found = costs(files.map(read).join('\n'), variables)
    expect(Object.keys(found).length).toBeGreaterThan(3)
    for (const [name, each] of Object.entries(found)) expect(each, name).toBeLessThan(MAX_COST / 1.5)
  })

  test('leaves room for the charts of all runs of a job', () => {
    const chart =
      'gpu { id name } rollups { at seconds meanUtilisationPercent meanMemoryUsedMb meanPowerWatts maxTemperatureC }'
    expect(cost(`{ job(id: "x") { runs { id telemetry { ${chart} } } } }`)).toBeLessThan(MAX_COST / 1.5)
  })

  test('leaves room for 500 GPUs by REST', () => {
    const found = costs(read('gateway/rest/documents.graphql'), { first: 500 })
    expect(found.RestListGpus).toBeLessThan(MAX_COST / 1.5)
  })
})
