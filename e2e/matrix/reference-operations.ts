// Every type that other services refer to, as an operation of its own subgraph: `_entities` asked directly.
import { readFileSync } from 'node:fs'
import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse, type TypeNode } from 'graphql'
import type { Targets } from './arguments.ts'

export const SUBGRAPHS = ['jobs', 'gpus', 'usage'] as const
export type Subgraph = (typeof SUBGRAPHS)[number]

export interface ReferenceOperation {
  subgraph: Subgraph
  type: string
  request(targets: Targets): { query: string; variables: object }
}

export function referenceOperations(): ReferenceOperation[] {
  return SUBGRAPHS.flatMap((subgraph) => {
    const { definitions } = parse(readFileSync(new URL(`../../schema/${subgraph}.graphql`, import.meta.url), 'utf8'))
    const objects = definitions.filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
    const names = new Set(objects.map(({ name }) => name.value))
    return objects.filter(isReferred).map((type) => operation(subgraph, type, names))
  })
}

function isReferred({ directives = [] }: ObjectTypeDefinitionNode): boolean {
  const key = directives.find(({ name }) => name.value === 'key')
  return key !== undefined && !key.arguments?.some(({ name }) => name.value === 'resolvable')
}

function operation(subgraph: Subgraph, type: ObjectTypeDefinitionNode, objects: ReadonlySet<string>) {
  const leaves = (type.fields ?? [])
    .filter((field) => !objects.has(nameOf(field.type)) && !isElsewhere(field.directives ?? []))
    .map(({ name }) => name.value)
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type.name.value} { ${leaves.join(' ')} } } }`
  return {
    subgraph,
    type: type.name.value,
    request: (targets: Targets) => ({
      query,
      variables: { of: [{ __typename: type.name.value, id: idOf(type.name.value, targets) }] },
    }),
  }
}

function isElsewhere(directives: readonly ConstDirectiveNode[]): boolean {
  return directives.some(({ name }) => name.value === 'external' || name.value === 'requires')
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type)
}

function idOf(type: string, targets: Targets): string {
  const ids: Record<string, string> = {
    Account: targets.account,
    Budget: targets.budgetId,
    Gpu: targets.gpuId,
    Run: targets.runId,
    Worker: targets.workerId,
  }
  return ids[type] ?? targets.jobId
}
