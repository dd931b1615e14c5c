import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { createErrorFormat } from './format-error.ts'

const errors = createErrorFormat(createLogger('test', 'silent'))
const codeOf = (error: Error) =>
  errors.formatAny(new GraphQLError(error.message, { originalError: error })).extensions?.code

test.each([
  ['a connection that broke during a statement', new Error('Connection terminated unexpectedly')],
  [
    'one that broke between two statements of a transaction',
    new Error('Client has encountered a connection error and is not queryable'),
  ],
  ['a server that is shutting down', Object.assign(new Error('terminating connection'), { code: '57P01' })],
  ['a server that is not there', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
])('%s says to try again', (_, error) => {
  expect(codeOf(error)).toBe('UNAVAILABLE')
})

test('a fault of ours stays inside', () => {
  const shown = errors.formatAny(new Error('the secret is 42'))
  expect(shown).toMatchObject({ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } })
})
