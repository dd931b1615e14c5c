// Makes happenings of what was asked of the graph: each change, and each field that was refused.
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { DocumentNode } from 'graphql'
import {
  type FieldNode,
  type FormattedExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { collectFields } from 'graphql/execution/collectFields.js'
import { getArgumentValues, getVariableValues } from 'graphql/execution/values.js'
import type { Happening } from './audit.ts'
import { redact } from './redact.ts'
import { targetsOf } from './targets.ts'

/** One operation, by whom, and by which way. */
export interface Asked {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Readonly<Record<string, unknown>>
  who: Principal
  via: AuditRecord['via']
  requestId: string
}

/** By who they are, or by how much they ask for. What is another's looks as if it were not there. */
const REFUSALS = new Set(['FORBIDDEN', 'UNAUTHENTICATED', 'NOT_FOUND', 'RATE_LIMITED'])

/** Those that are kept of reading too. */
const OF_ANYTHING = new Set(['FORBIDDEN', 'RATE_LIMITED'])

/** All that is to be kept of one operation and its answer. Of workers only what was refused. */
export function happeningsOf(asked: Asked, answer: FormattedExecutionResult): Happening[] {
  const { operation, who } = asked
  if (isOfNoInterest(asked, answer)) return []
  const isChange = operation.operation === 'mutation'
  const happenings = rootFields(asked).map((field) => happeningOf(asked, field, answer))
  return happenings.filter(({ outcome, error }) => {
    if (outcome === 'refused') return isChange || OF_ANYTHING.has(String(error))
    return isChange && who.role !== 'worker'
  })
}

/** True where nothing can come of it: the many reads are not looked at closer. */
export function isOfNoInterest({ operation }: Pick<Asked, 'operation'>, answer: FormattedExecutionResult): boolean {
  if (operation.operation === 'mutation') return false
  return !answer.errors?.some(({ extensions }) => OF_ANYTHING.has(String(extensions?.code)))
}

interface RootField {
  responseName: string
  node: FieldNode
  given: Record<string, unknown>
}

function rootFields({ schema, document, operation, variables }: Asked): RootField[] {
  const type = schema.getRootType(operation.operation)
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
  if (!type || !coerced) return []
  const fragments: Record<string, FragmentDefinitionNode> = {}
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
  }
  const fields = collectFields(schema, fragments, coerced, type, operation.selectionSet)
  return [...fields].flatMap(([responseName, [node]]) => {
    const definition = node && type.getFields()[node.name.value]
    return node && definition ? [{ responseName, node, given: getArgumentValues(definition, node, coerced) }] : []
  })
}

function happeningOf(
  { who, via, requestId }: Asked,
  { responseName, node, given }: RootField,
  { data, errors }: FormattedExecutionResult,
): Happening {
  const value = data?.[responseName] ?? null
  const error = value === null ? codeOf(errors, responseName) : hasProblems(value) ? 'BAD_USER_INPUT' : null
  return {
    who: who.id,
    role: who.role,
    address: null,
    via,
    action: node.name.value,
    targets: targetsOf(given, value),
    arguments: redact(given),
    outcome: error === null ? 'done' : REFUSALS.has(error) ? 'refused' : 'failed',
    error,
    requestId,
  }
}

/** Of the error that kept a field from its value; one without a path was about all of them. */
function codeOf(errors: readonly GraphQLFormattedError[] | undefined, responseName: string): string | null {
  const error = errors?.find(({ path }) => path === undefined || path[0] === responseName)
  if (!error) return null
  return typeof error.extensions?.code === 'string' ? error.extensions.code : 'INTERNAL_SERVER_ERROR'
}

function hasProblems(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('problems' in value)) return false
  return Array.isArray(value.problems) && value.problems.length > 0
}
