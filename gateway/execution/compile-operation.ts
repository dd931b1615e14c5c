// What is made of an operation once, so that each request for it only asks the services and shapes their answers.
import { type CompositeType, type Operation, operationFromDocument } from '@apollo/federation-internals'
import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { DocumentNode } from 'graphql'
import type { Snapshot } from '../supergraph/supergraph.ts'
import type { Data } from './answer-data.ts'
import { compileShape, type Step, safeName, Unsupported } from './compile-shape.ts'

export interface CompiledOperation {
  snapshot: Snapshot
  /** Nothing, where no service is asked. */
  plan: PlanNode | undefined
  root: CompositeType
  steps: readonly Step[]
  /** Values of variables that are not given. */
  defaults: Readonly<Data>
}

/**
 * The valid query or mutation of this name, compiled; undefined for what is left to Apollo's executor, which is
 * introspection, values to be renamed on their way, and whatever cannot be planned: Apollo's gateway says why.
 */
export function compileOperation(
  snapshot: Snapshot,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation | undefined {
  try {
    const operation = operationFromDocument(
      snapshot.api,
      document,
      operationName === undefined ? {} : { operationName },
    )
    const root = operation.schema().schemaDefinition.rootType(operation.rootKind)
    if (!root) return undefined
    const steps = compileShape(operation)
    const { node } = snapshot.planner.buildQueryPlan(operation)
    if (node?.kind === 'Subscription') return undefined
    if (node) requireSimple(node)
    return { snapshot, plan: node, root, steps, defaults: defaultsOf(operation) }
  } catch {
    return undefined
  }
}

function defaultsOf(operation: Operation): Data {
  return { ...operation.collectDefaultedVariableValues() }
}

/** @throws Unsupported for a plan with a step that is not made here */
function requireSimple(node: PlanNode): void {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      for (const each of node.nodes) requireSimple(each)
      return
    case 'Flatten':
      requireSimple(node.node)
      return
    case 'Condition':
      if (node.ifClause) requireSimple(node.ifClause)
      if (node.elseClause) requireSimple(node.elseClause)
      return
    case 'Fetch':
      requireSimpleFetch(node)
      return
    case 'Defer':
      throw new Unsupported('a part that is deferred')
  }
}

function requireSimpleFetch({ inputRewrites, outputRewrites, contextRewrites, hasDefers, ...node }: FetchNode): void {
  const rewrites = [inputRewrites, outputRewrites, contextRewrites]
  if (hasDefers || rewrites.some((each) => each && each.length > 0)) throw new Unsupported('values that are renamed')
  for (const selection of node.requires ?? []) requireSafeNames(selection)
  for (const name of node.variableUsages ?? []) safeName(name)
}

function requireSafeNames(selection: QueryPlanSelectionNode): void {
  if (selection.kind === 'Field') safeName(selection.alias ?? selection.name)
  for (const inside of selection.selections ?? []) requireSafeNames(inside)
}
