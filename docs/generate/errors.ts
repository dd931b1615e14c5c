// The page of errors, from the one file that has their kinds.
import { readFileSync } from 'node:fs'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { httpStatus, isErrorCode } from '@constellation/platform/errors.ts'
import { code, MADE, page, table } from './markdown.ts'

/** What GraphQL itself, or the way to it, has to say. */
const OF_GRAPHQL: readonly (readonly [name: string, status: number, what: string])[] = [
  ['GRAPHQL_PARSE_FAILED', 400, 'The document is not GraphQL.'],
  [
    'GRAPHQL_VALIDATION_FAILED',
    400,
    'The document asks for what the graph does not have, or for more than is answered at once.',
  ],
  ['OPERATION_RESOLUTION_FAILURE', 400, 'The document has no operation of that name, or several and none is named.'],
  ['BAD_REQUEST', 400, 'The request is not one of GraphQL over HTTP.'],
  ['PERSISTED_QUERY_NOT_FOUND', 200, 'A hash was sent whose document is not known: send the document with it.'],
  ['INTERNAL_SERVER_ERROR', 500, 'A fault of ours. What it was is in the log of the program.'],
]

export function errorsPage(): string {
  return page(
    MADE,
    '# Errors',
    'An error of the graph is told as GraphQL has it: `errors[].message` is for people, `errors[].extensions.code` for programs, and `errors[].extensions.problems` names the fields that are wrong by their `path`. REST tells the same as `application/problem+json` (RFC 9457), with the status beside the code here. What is told without one of these codes is a fault of ours.',
    table(
      ['code', 'status', ''],
      readKinds().map(({ name, what }) => [code(name), String(httpStatus(name)), what]),
    ),
    'With `RATE_LIMITED` and `UNAVAILABLE`, `extensions.retryAfterSeconds` and the header `Retry-After` say when it is worth trying again.',
    '## Of GraphQL itself',
    table(
      ['code', 'status', ''],
      OF_GRAPHQL.map(([name, status, what]) => [code(name), String(status), what]),
    ),
    '## Of sockets',
    'What closes a socket of graphql-ws, and whether its client comes back, is in [the protocol of sockets](../suites.md#the-protocol-of-sockets); what closes REST’s `/stream`, in [its description](rest.md#get-stream).',
    '## Of the terminal',
    'It ends with [an exit code](terminal.md#exit-codes) for each kind.',
  )
}

/** @throws Error where the file is not as it is read here */
function readKinds(): { name: string; what: string }[] {
  const text = readFileSync(`${repositoryRoot}/platform/errors.ts`, 'utf8')
  const kinds = [...text.matchAll(/\/\*\* (.*) \*\/\n {2}([A-Z_]+): \d+,/g)]
  const found = kinds.map(([, what = '', name = '']) => ({ name, what }))
  if (found.length === 0 || !found.every(({ name }) => isErrorCode(name)))
    throw new Error('No kinds of error are found.')
  return found
}
