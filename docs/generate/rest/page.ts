// The page of REST: every operation with what it takes, what it gives and a line for the shell. Pure.
import { anchorOf, code, MADE, page, table } from '../markdown.ts'
import { type Answer, type Contract, type Operation, operationsOf, resolved } from './contract.ts'
import { curlBlock } from './curl.ts'
import { propertyTable, sentence, typeText } from './schemas.ts'

export function restPage(contract: Contract): string {
  const operations = operationsOf(contract)
  return page(
    MADE,
    '# REST',
    contract.info.description.trim(),
    'The contract itself is [`schema/openapi.yaml`](../../schema/openapi.yaml); a gateway shows it at `/docs`, to be tried. In the lines for the shell, `$TOKEN` is from `npm run -s token`. What is marked with * may be left out, or is not always there.',
    table(
      ['', ''],
      operations.map((one) => [`[${code(titleOf(one))}](#${anchorOf(titleOf(one))})`, one.summary]),
    ),
    ...contract.tags.flatMap(({ name, description }) => [
      `## ${name}`,
      description,
      ...operations.filter(({ tags }) => tags[0] === name).flatMap((one) => operationParts(contract, one)),
    ]),
    '## Schemas',
    ...Object.entries(contract.components.schemas).flatMap(([name, schema]) => [
      `### ${name}`,
      sentence(schema),
      Object.keys(schema.properties ?? {}).length > 0 || schema.oneOf || schema.allOf || schema.anyOf
        ? propertyTableOr(schema)
        : `${typeText(schema)[0]?.toUpperCase()}${typeText(schema).slice(1)}.`,
    ]),
  )
}

function propertyTableOr(schema: Parameters<typeof propertyTable>[0]): string {
  const rows = propertyTable(schema)
  return rows.split('\n').length > 2 ? rows : `Either ${typeText(schema)}.`
}

function titleOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`
}

function operationParts(contract: Contract, operation: Operation): string[] {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  return [
    `### ${titleOf(operation)}`,
    `${operation.summary}.`,
    operation.description?.trim() ?? '',
    curlBlock(contract, operation),
    parameterTable(contract, operation),
    body ? `The body is ${typeText(body)}.` : '',
    answerTable(contract, operation),
  ]
}

function parameterTable({ components }: Contract, { parameters }: Operation): string {
  if (parameters.length === 0) return ''
  const rows = parameters
    .map((one) => resolved(components.parameters, one))
    .map((one) => [
      `${code(one.name ?? '')}${one.required ? '' : ' *'}`,
      one.in ?? '',
      typeText(one.schema ?? {}),
      `${one.description ?? ''} ${sentence({ ...one.schema, description: undefined })}`,
    ])
  return table(['parameter', 'in', 'type', ''], rows)
}

function answerTable({ components }: Contract, { responses }: Operation): string {
  const rows = Object.entries(responses).map(([status, one]) => {
    const answer = resolved(components.responses, one)
    return [status, bodyOf(answer), answer.description ?? '']
  })
  return table(['status', 'body', ''], rows)
}

function bodyOf({ content = {} }: Answer): string {
  return Object.entries(content)
    .map(([type, { schema }]) => (type === 'application/json' && schema ? typeText(schema) : code(type)))
    .join(', ')
}
