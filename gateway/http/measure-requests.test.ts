import { expect, test } from 'vitest'
import { createOperationLabel } from './measure-requests.ts'

const labelOf = createOperationLabel([
  'query Jobs($first: Int) { jobs(first: $first) { id } }',
  'mutation SubmitJob { a }',
])

test('an operation of our own clients goes by its name', () => {
  expect(labelOf('Jobs', undefined)).toBe('Jobs')
  expect(labelOf(undefined, 'mutation SubmitJob { a }')).toBe('SubmitJob')
})

test('whatever names strangers make up are one label for each kind', () => {
  expect(labelOf('Mine17', 'mutation Mine17 { a }')).toBe('mutation')
  expect(labelOf('Mine18', '{ a }')).toBe('query')
  expect(labelOf(undefined, undefined)).toBe('query')
})
