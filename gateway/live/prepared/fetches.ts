// The fetches of a plan, worked out once and then done at every event: those of entities by what is known of them, where
// all answers are as they should be. What becomes of any other answer is not decided here.
import type { FetchNode, PlanNode, QueryPlanSelectionNode, ResponsePath } from '@apollo/query-planner'
import type { Answer } from '../../subgraphs/subgraph-answer.ts'
import { isRecord } from './project.ts'

type Thing = Record<string, unknown>

/** Asks a service for what a fetch says of the things that these represent. */
export type LookUp = (fetch: FetchNode, representations: readonly Thing[]) => Promise<Answer>

/** Adds to the data what it fetches; false where something was not as it should be. */
export type Fetches = (data: Thing, lookUp: LookUp) => Promise<boolean>

/** All fetches below a node, with these coerced variables; undefined where the plan has more to it than these do. */
export function fetchesOf(
  node: PlanNode,
  variables: Readonly<Record<string, unknown>>,
  path: ResponsePath = [],
): Fetches | undefined {
  switch (node.kind) {
    case 'Sequence':
      return inSequence(allOf(node.nodes, variables, path))
    case 'Parallel':
      return inParallel(allOf(node.nodes, variables, path))
    case 'Flatten':
      return fetchesOf(node.node, variables, [...path, ...node.path])
    case 'Fetch':
      return entityFetch(node, path)
    case 'Condition': {
      const chosen = variables[node.condition] ? node.ifClause : node.elseClause
      if (typeof variables[node.condition] !== 'boolean') return undefined
      return chosen ? fetchesOf(chosen, variables, path) : async () => true
    }
    case 'Defer':
      return undefined
  }
}

function allOf(nodes: readonly PlanNode[], variables: Readonly<Record<string, unknown>>, path: ResponsePath) {
  const all: Fetches[] = []
  for (const node of nodes) {
    const fetches = fetchesOf(node, variables, path)
    if (!fetches) return undefined
    all.push(fetches)
  }
  return all
}

function inSequence(all: readonly Fetches[] | undefined): Fetches | undefined {
  if (all?.length === 1) return all[0]
  return (
    all &&
    (async (data, lookUp) => {
      for (const fetches of all) if (!(await fetches(data, lookUp))) return false
      return true
    })
  )
}

function inParallel(all: readonly Fetches[] | undefined): Fetches | undefined {
  return all && (async (data, lookUp) => (await Promise.all(all.map((each) => each(data, lookUp)))).every(Boolean))
}

function entityFetch(fetch: FetchNode, path: ResponsePath): Fetches | undefined {
  const { requires, inputRewrites, outputRewrites, contextRewrites } = fetch
  if (!requires || [inputRewrites, outputRewrites, contextRewrites].some((rewrites) => rewrites?.length)) {
    return undefined
  }
  return async (data, lookUp) => {
    const things = thingsAt(data, path)
    if (things?.length === 0) return true
    const representations = things && representAll(things, requires)
    if (!representations) return false
    const answer = await lookUp(fetch, representations)
    const entities = answer.errors ? undefined : answer.data?._entities
    if (!Array.isArray(entities) || entities.length !== things.length) return false
    for (const [i, thing] of things.entries()) add(thing, entities[i])
    return true
  }
}

/** The objects at a path, in which `@` stands for all of a list. */
function thingsAt(data: Thing, path: ResponsePath): Thing[] | undefined {
  let found: unknown[] = [data]
  for (const key of path) {
    found = key === '@' ? found.flat() : found.map((value) => (isRecord(value) ? value[key] : undefined))
    found = found.filter((value) => value !== null && value !== undefined)
  }
  const things = found.flat().filter(isRecord)
  return things.length === found.flat().length ? things : undefined
}

function representAll(things: readonly Thing[], requires: readonly QueryPlanSelectionNode[]): Thing[] | undefined {
  const all: Thing[] = []
  for (const thing of things) {
    const representation = represent(thing, requires)
    if (!isRecord(representation) || !representation.__typename) return undefined
    all.push(representation)
  }
  return all
}

/** What is required of a value; undefined where it has not all of it. */
function represent(value: unknown, requires: readonly QueryPlanSelectionNode[]): unknown {
  if (value === null) return null
  if (Array.isArray(value)) {
    const list = value.map((item) => represent(item, requires))
    return list.includes(undefined) ? undefined : list
  }
  if (!isRecord(value)) return undefined
  const representation: Thing = {}
  for (const each of requires) {
    if (each.kind === 'InlineFragment') {
      const part = each.typeCondition === value.__typename ? represent(value, each.selections) : undefined
      if (!isRecord(part)) return undefined
      Object.assign(representation, part)
    } else {
      const key = each.alias ?? each.name
      const field = each.selections ? represent(value[key], each.selections) : value[key]
      if (field === undefined) return undefined
      representation[key] = field
    }
  }
  return representation
}

/** Adds copies to what is there, so that what an answer holds stays as it came. */
function add(target: Thing, source: unknown): Thing {
  if (!isRecord(source)) return target
  for (const [key, value] of Object.entries(source)) {
    const there = Object.hasOwn(target, key) ? target[key] : undefined
    const added = isRecord(there) && isRecord(value) ? add(there, value) : (addEach(there, value) ?? copy(value))
    // A map of strings may hold this key, which is no property like another.
    if (key === '__proto__') Object.defineProperty(target, key, { value: added, enumerable: true })
    else target[key] = added
  }
  return target
}

/** To lists of the same things, such as what two services know of them. */
function addEach(there: unknown, value: unknown): unknown {
  if (!Array.isArray(there) || !Array.isArray(value) || there.length !== value.length) return undefined
  return there.map((item, i) => (isRecord(item) && isRecord(value[i]) ? add(item, value[i]) : copy(value[i])))
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  return isRecord(value) ? add({}, value) : value
}
