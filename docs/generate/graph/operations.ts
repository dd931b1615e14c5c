// A field of a root type: who may ask for it, what it takes and what it gives. Pure but for the rights.
import type { GraphQLArgument, GraphQLField } from 'graphql'
import { code, table } from '../markdown.ts'
import { type Graph, nameOfPart } from './read-graph.ts'
import { whoMay } from './rights.ts'
import { typeLink, withDefault } from './types.ts'

export function operationParts(
  { answeredBy }: Graph,
  root: 'Query' | 'Mutation' | 'Subscription',
  field: GraphQLField<unknown, unknown>,
): string[] {
  const parts = answeredBy.get(`${root}.${field.name}`) ?? []
  return [
    `## ${field.name}`,
    field.description ?? '',
    ...(field.args.length > 0 ? [argumentTable(field.args)] : []),
    `Gives ${typeLink(field.type)}, answered by ${parts.map(nameOfPart).join(' and ')}. ${whoMay(root, field.name)}`,
  ]
}

function argumentTable(args: readonly GraphQLArgument[]): string {
  return table(
    ['argument', 'type', ''],
    args.map((arg) => [code(arg.name), withDefault(arg), arg.description ?? '']),
  )
}
