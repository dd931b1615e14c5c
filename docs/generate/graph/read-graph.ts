// The graph as clients see it, and what of it each service answers.
import { readFileSync } from 'node:fs'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { buildSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql'

/** Who answers a field: a service, or the gateway itself. */
const PARTS = { jobs: 'the jobs service', gpus: 'the gpus service', usage: 'the usage service', events: 'the gateway' }

export type Part = keyof typeof PARTS

export interface Graph {
  api: GraphQLSchema
  /** By `Type.field`, who answers it. */
  answeredBy: ReadonlyMap<string, readonly Part[]>
}

export const nameOfPart = (part: Part): string => PARTS[part]

export function readGraph(): Graph {
  const answeredBy = new Map<string, Part[]>()
  for (const part of ['jobs', 'gpus', 'usage', 'events'] as const) {
    for (const field of fieldsOf(parse(read(`${part}.graphql`)))) {
      answeredBy.set(field, [...(answeredBy.get(field) ?? []), part])
    }
  }
  return { api: buildSchema(read('generated/api.graphql')), answeredBy }
}

function read(file: string): string {
  return readFileSync(`${repositoryRoot}/schema/${file}`, 'utf8')
}

/** Those that are resolved there: not a type's key where another service has the type, nor what is only named. */
function fieldsOf(document: DocumentNode): string[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== 'ObjectTypeDefinition') return []
    return (definition.fields ?? []).flatMap(({ name, directives }) =>
      directives?.some((directive) => directive.name.value === 'external')
        ? []
        : [`${definition.name.value}.${name.value}`],
    )
  })
}
