// Runs the plan of an operation: asks the services in its order, and puts what they answer together.
import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner'
import type { Principal } from '@constellation/platform/identity.ts'
import type { GraphQLSchema } from 'graphql'
import type { Answer } from '../subgraphs/subgraph-answer.ts'
import { type Data, elementsAt, isData, mergeInto, pathsOf } from './answer-data.ts'
import { representationOf } from './represent.ts'
import { errorOf, placeOf } from './subgraph-error.ts'

/** What answers a part of the graph. */
export interface Answering {
  ask(question: { query: string; variables: Data; operationName?: string | undefined }, who: Principal): Promise<Answer>
}

export interface Running {
  services: Readonly<Record<string, Answering>>
  who: Principal
  /** As they were given. */
  variables: Readonly<Data>
  /** Those that were not given and have a default. */
  defaults: Readonly<Data>
  supergraph: GraphQLSchema
  /** All that has come so far. */
  data: Data
  errors: unknown[]
}

/** A place in the data: one thing, or several where the path leads through lists. */
interface Place {
  path: ResponsePath
  at: unknown
}

/**
 * Everything that the plan asks for ends in `data` and `errors`.
 * @throws Error where a service gave something of another form than what is asked for further on
 */
export async function runPlan(node: PlanNode, running: Running, place: Place = rootOf(running)): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const each of node.nodes) await runPlan(each, running, place)
      return
    case 'Parallel':
      await Promise.all(node.nodes.map((each) => runPlan(each, running, place)))
      return
    case 'Flatten': {
      const at = elementsAt(place.at, node.path)
      if (at) await runPlan(node.node, running, { path: [...place.path, ...node.path], at })
      return
    }
    case 'Condition': {
      const chosen = isMet(node.condition, running) ? node.ifClause : node.elseClause
      if (chosen) await runPlan(chosen, running, place)
      return
    }
    case 'Fetch':
      try {
        await runFetch(node, running, place)
      } catch (error) {
        running.errors.push(error)
      }
      return
    case 'Defer':
      throw new Error('Nothing is deferred here.')
  }
}

function isMet(variable: string, { variables, defaults }: Running): boolean {
  const given = variables[variable]
  const value = given === undefined ? defaults[variable] : given
  if (typeof value !== 'boolean') throw new Error(`The variable $${variable} is neither true nor false.`)
  return value
}

function rootOf({ data }: Running): Place {
  return { path: [], at: data }
}

async function runFetch(node: FetchNode, running: Running, place: Place): Promise<void> {
  const things = (Array.isArray(place.at) ? place.at : [place.at]).filter((thing) => thing != null)
  if (things.length === 0) return
  const variables: Data = {}
  for (const name of node.variableUsages ?? []) {
    const given = running.variables[name]
    if (given !== undefined) variables[name] = given
  }
  if (!node.requires) {
    const data = await fetchData(node, variables, running, place)
    for (const thing of things) mergeInto(thing, data)
    return
  }
  const { requires } = node
  const asked = things.flatMap((thing) => {
    const representation = representationOf(thing, requires, running.supergraph)
    return representation?.__typename ? [{ thing, representation }] : []
  })
  if (asked.length === 0) return
  const representations = asked.map(({ representation }) => representation)
  const data = await fetchData(node, { ...variables, representations }, running, place)
  if (data) mergeEntities(asked, data._entities)
}

function mergeEntities(asked: readonly { thing: unknown }[], entities: unknown): void {
  if (!Array.isArray(entities)) throw new Error('Expected "data._entities" in response to be an array')
  if (entities.length !== asked.length) {
    throw new Error(`Expected "data._entities" to contain ${asked.length} elements`)
  }
  for (const [i, { thing }] of asked.entries()) {
    const entity: unknown = entities[i]
    if (isData(entity) && !entity.__typename && isData(thing)) entity.__typename = thing.__typename
    mergeInto(thing, entity)
  }
}

async function fetchData(
  { serviceName, operation, operationName, requires }: FetchNode,
  variables: Data,
  running: Running,
  place: Place,
): Promise<Data | null | undefined> {
  const service = running.services[serviceName]
  if (!service) throw new Error(`Couldn't find service with name "${serviceName}"`)
  const { data, errors } = await service.ask({ query: operation, variables, operationName }, running.who)
  if (errors) {
    // Where each of the things is that were asked for.
    const paths = requires && pathsOf(running.data, place.path)
    const placed = (path: ResponsePath | undefined) => placeOf(path, place.path, paths)
    for (const error of errors) running.errors.push(errorOf(error, serviceName, placed))
  }
  return data
}
