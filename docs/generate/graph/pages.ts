// The pages of the graph's reference.

import { MAX_NESTING } from '@constellation/gateway/limits/nesting.ts'
import { MAX_COST } from '@constellation/gateway/operations/cost.ts'
import { type GraphQLNamedType, isEnumType, isInputObjectType, isObjectType, isScalarType } from 'graphql'
import { anchorOf, code, MADE, page, table } from '../markdown.ts'
import { operationParts } from './operations.ts'
import type { Graph } from './read-graph.ts'
import { enumParts, inputParts, objectParts } from './types.ts'
import { typesOf } from './undescribed.ts'

const ROOTS = { Query: 'queries', Mutation: 'mutations', Subscription: 'subscriptions' } as const

type Root = keyof typeof ROOTS

/** By their names below docs/reference/. */
export function graphPages(graph: Graph): Record<string, string> {
  const types = typesOf(graph.api)
  const objects = types.filter((type) => isObjectType(type)).filter(({ name }) => !(name in ROOTS))
  const inputs = types.filter((type) => isInputObjectType(type))
  const enums = types.filter((type) => isEnumType(type))
  const scalars = types.filter((type) => isScalarType(type))
  return {
    'graph/README.md': overview(graph),
    'graph/queries.md': operations(graph, 'Query', 'Everything that can be asked, at `/graphql`.'),
    'graph/mutations.md': operations(
      graph,
      'Mutation',
      'Everything that can be changed. What is wrong with an input comes back in `problems`; what is refused is an error ([codes](../errors.md)).',
    ),
    'graph/subscriptions.md': operations(
      graph,
      'Subscription',
      'Everything that can be watched: over a WebSocket at `/graphql` (graphql-ws), or as server-sent events at `/graphql/stream`.',
    ),
    'graph/objects.md': typesPage('Objects', 'What answers are made of.', objects, (type) => objectParts(graph, type)),
    'graph/inputs.md': typesPage('Inputs', 'What is given to arguments.', inputs, inputParts),
    'graph/enums.md': typesPage(
      'Values',
      'Words that stand for one of several, and scalars.',
      [...enums, ...scalars],
      enumParts,
    ),
  }
}

function overview({ api }: Graph): string {
  const roots = (Object.keys(ROOTS) as Root[]).flatMap((root) => {
    const rows = fieldsOf(api.getType(root)).map(({ name, description }) => [
      `[${code(name)}](${ROOTS[root]}.md#${anchorOf(name)})`,
      firstSentence(description ?? ''),
    ])
    return [`## ${root === 'Query' ? 'Queries' : `${root}s`}`, table(['field', ''], rows)]
  })
  return page(
    MADE,
    '# The graph',
    'One graph over jobs, GPUs and usage, answered by a gateway from three services. Ask it by `POST /graphql` with `Authorization: Bearer <token>`; [`schema/generated/api.graphql`](../../../schema/generated/api.graphql) is the whole of it in the schema language, and [the guide](../../guide.md) has examples. [Objects](objects.md), [inputs](inputs.md) and [values](enums.md) have a page each, and [errors](../errors.md) their codes.',
    `A page of a list holds at most \`first\` things; \`pageInfo.endCursor\` is what the next one is asked for with, as \`after\`. An operation is refused before it is run where it might tell more than ${MAX_COST.toLocaleString('en')} values, or is nested more than ${MAX_NESTING} deep.`,
    ...roots,
  )
}

function operations(graph: Graph, root: Root, intro: string): string {
  const title = root === 'Query' ? 'Queries' : `${root}s`
  return page(
    MADE,
    `# ${title}`,
    intro,
    ...fieldsOf(graph.api.getType(root)).flatMap((field) => operationParts(graph, root, field)),
  )
}

function typesPage<Type extends GraphQLNamedType>(
  title: string,
  intro: string,
  types: readonly Type[],
  parts: (type: Type) => string[],
): string {
  return page(
    MADE,
    `# ${title}`,
    intro,
    ...types.flatMap((type) => [`## ${type.name}`, type.description ?? '', ...parts(type)]),
  )
}

function fieldsOf(type: GraphQLNamedType | undefined) {
  return isObjectType(type) ? Object.values(type.getFields()).toSorted((a, b) => (a.name < b.name ? -1 : 1)) : []
}

/** For a list; the rest is where the field is. */
function firstSentence(text: string): string {
  return (
    text
      .replaceAll(/\s+/g, ' ')
      .match(/^.*?[.:;](?= [A-Z`]|$)/)?.[0]
      .replace(/[:;]$/, '.') ?? text
  )
}
