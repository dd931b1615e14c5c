import { port, wholeNumber } from '@constellation/platform/config.ts'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { anchorOf, listed, table } from './markdown.ts'
import { operationsOf, readContract } from './rest/contract.ts'
import { curlBlock } from './rest/curl.ts'
import { typeText } from './rest/schemas.ts'
import { valuesOf } from './values-of.ts'

test('a table leaves out columns without a word, and keeps its cells on one line', () => {
  expect(table(['a', 'b', 'c'], [['1', '', 'x | y\n  z']])).toBe('| a | c |\n| --- | --- |\n| 1 | x \\| y z |')
})

test('words are listed, and headings are linked to as Git hosts do', () => {
  expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c')
  expect(anchorOf('GET /jobs/{id}')).toBe('get-jobsid')
})

test('what a setting may be is read from its schema', () => {
  expect(valuesOf(v.optional(wholeNumber(0, 64), '4'))).toBe('0 to 64')
  expect(valuesOf(v.optional(v.picklist(['any', 'persisted'])))).toBe('`any` or `persisted`')
  expect(valuesOf(port)).toBe('a port')
  expect(valuesOf(v.string())).toBe('')
})

test('a type of REST is told in a few words', () => {
  expect(typeText({ type: ['string', 'null'], format: 'date-time' })).toBe('string or null (date-time)')
  expect(typeText({ type: 'array', items: { $ref: '#/components/schemas/Job' } })).toBe('list of [Job](#job)')
})

test('a line for the shell has the examples of the contract in it', () => {
  const contract = readContract()
  const lineOf = (id: string) => {
    const operation = operationsOf(contract).find(({ operationId }) => operationId === id)
    if (!operation) throw new Error(`There is no operation ${id}.`)
    return curlBlock(contract, operation)
  }
  expect(lineOf('cancelJob')).toBe(
    '```sh\ncurl -s -X DELETE http://127.0.0.1:4000/jobs/0199a1b2-0000-7000-8000-000000000001 \\\n  -H "Authorization: Bearer $TOKEN"\n```',
  )
  expect(lineOf('cordonGpu')).toContain(`-d '{"reason":"Its fan is loud."}'`)
  expect(lineOf('getHealth')).not.toContain('TOKEN')
})
