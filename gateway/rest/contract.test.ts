import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { readContract } from './contract.ts'

const contract = JSON.parse(JSON.stringify(readContract()))
const ajv = new Ajv({ strict: false, validateFormats: false }).addSchema(contract, 'contract')

interface Media {
  schema?: object
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

/** Every operation, with where it stands. */
const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(Object(methods))
    .filter(([method]) => method !== 'parameters')
    .map(([method, operation]) => ({ at: `${method.toUpperCase()} ${path}`, ...Object(operation) })),
)

test('every operation has a name of its own, a summary and a tag', () => {
  expect(operations).toHaveLength(36)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(36)
  for (const { at, summary, tags } of operations) expect([at, typeof summary, tags?.length]).toEqual([at, 'string', 1])
})

test('every operation that needs a token says so, and tells of errors as problem+json', () => {
  for (const { at, security, responses } of operations) {
    if (!security)
      expect([at, Object.keys(responses)]).toEqual([at, expect.arrayContaining(['401', '429', '500', '503'])])
    for (const [status, answer] of Object.entries(responses)) {
      if (Number(status) < 400 || at === 'GET /health') continue
      expect([at, status, Object.keys(resolve(answer).content ?? {})]).toEqual([
        at,
        status,
        ['application/problem+json'],
      ])
    }
  }
})

test('every example is as its schema has it', () => {
  const found = operations.flatMap(({ at, requestBody, responses }) =>
    [requestBody, ...Object.values(responses)]
      .filter(Boolean)
      .flatMap((part) => Object.values<Media>(resolve(part).content ?? {}))
      .flatMap(({ schema, example, examples }) => {
        const values = [example, ...Object.values(examples ?? {}).map(({ value }) => value)]
        return values.filter((value) => value !== undefined).map((value) => ({ at, schema, value }))
      }),
  )
  expect(found.length).toBeGreaterThan(60)
  for (const { at, schema, value } of found) {
    const isRight = ajv.validate(absolute(schema), value)
    expect([at, isRight ? undefined : ajv.errorsText(), value]).toEqual([at, undefined, value])
  }
})

test('every body of a request is closed to fields that are not described', () => {
  for (const name of ['JobSubmission', 'JobUpdate', 'Specification', 'CordonRequest', 'NewWebhook', 'NewUsageExport']) {
    expect([name, contract.components.schemas[name].additionalProperties]).toEqual([name, false])
  }
})

function resolve(part: unknown): { content?: Record<string, Media> } & Record<string, never> {
  const { $ref } = Object(part)
  return typeof $ref === 'string' ? contract.components.responses[$ref.split('/').at(-1) ?? ''] : Object(part)
}

/** The schema with its references leading to the contract. */
function absolute(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema ?? {}).replaceAll('"#/', '"contract#/'))
}
