// Executes operations over the services. Apollo's executor does the same, and reads, plans and checks anew for each
// request what is the same for each: most of what a request cost was that. `execute.test.ts` holds the two together.
import type { Principal } from '@constellation/platform/identity.ts'
import { type DocumentNode, GraphQLError } from 'graphql'
import type { Snapshot } from '../supergraph/supergraph.ts'
import type { Data } from './answer-data.ts'
import { type CompiledOperation, compileOperation } from './compile-operation.ts'
import type { Step } from './compile-shape.ts'
import { type Answering, runPlan } from './run-plan.ts'
import { holds, shapeAnswer } from './shape-answer.ts'

export interface Executed {
  /** Not there where the services gave something of another form than their types. */
  data?: Data | null
  errors?: GraphQLError[]
}

/** By their names in the supergraph. */
export type Services = Readonly<Record<string, Answering>>

/**
 * The answer to an operation whose variables are valid.
 * @throws Error where a service gave something of another form than what is asked for further on
 */
export async function executeCompiled(
  { snapshot, plan, root, steps, defaults }: CompiledOperation,
  services: Services,
  variables: Readonly<Data>,
  who: Principal,
): Promise<Executed> {
  const given: Data = {}
  const found: unknown[] = []
  const { supergraph, api } = snapshot
  const values = { ...defaults, ...variables }
  if (plan) await runPlan(plan, { services, who, variables, defaults, supergraph, data: given, errors: found })
  // The planner has found no way to it. Apollo's executor answers with nulls, as if there were nothing.
  else if (selectsFields(steps, values)) return { data: null, errors: [new GraphQLError('No service answers this.')] }
  try {
    const { data, errors } = shapeAnswer(steps, given, root, api, values)
    // Where a service said what is wrong, the nulls that come of it say nothing more.
    const all = found.length > 0 ? found.map(asGraphQLError) : errors
    return all.length > 0 ? { data, errors: all } : { data }
  } catch (error) {
    return { errors: [asGraphQLError(error)] }
  }
}

/** Whether more is asked for than the name of the root's type. */
function selectsFields(steps: readonly Step[], values: Readonly<Data>): boolean {
  return steps.some((step) => {
    if (step.kind === 'typename' || !holds(step.conditions, values)) return false
    return step.kind === 'field' || selectsFields(step.inside, values)
  })
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  return error instanceof Error
    ? new GraphQLError(error.message, { originalError: error })
    : new GraphQLError(String(error))
}

/** By the name of each operation in a document; undefined is left to Apollo's executor. */
type ByName = Map<string, CompiledOperation | undefined>
const compiled = new WeakMap<Snapshot, WeakMap<DocumentNode, ByName>>()

/** The operation of this name in a valid document, compiled the first time. */
export function compiledOperation(
  snapshot: Snapshot,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation | undefined {
  const documents = compiled.get(snapshot) ?? new WeakMap<DocumentNode, ByName>()
  compiled.set(snapshot, documents)
  const ofDocument: ByName = documents.get(document) ?? new Map()
  documents.set(document, ofDocument)
  const name = operationName ?? ''
  if (!ofDocument.has(name)) ofDocument.set(name, compileOperation(snapshot, document, operationName))
  return ofDocument.get(name)
}
