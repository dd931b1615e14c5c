// Services that answer whatever they are asked, always the same for the same seed, and sometimes wrongly.
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getOperationAST,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
} from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import type { Question, Services } from '../live/prepared/gather.ts'
import type { Answer } from '../subgraphs/subgraph-answer.ts'

export interface Faults {
  /** How likely a value, and an answer, is wrong: from 0 to 1. */
  rate: number
}

interface World {
  /** What an event says of the root. */
  payload: unknown
  services(): { services: Services; asked: string[] }
}

/** A world in which everything is of the supergraph's types, but for the faults. */
export function createWorld(schema: GraphQLSchema, root: string, seed: number, faults: Faults): World {
  const chance = (of: string) => hash(`${seed} ${of}`)
  const isFault = (of: string) => chance(`fault ${of}`) < faults.rate
  const pick = <Item>(from: readonly Item[], of: string) => from[Math.floor(chance(of) * from.length)]
  const objectType = (name: unknown) => {
    const type = schema.getType(String(name))
    if (!isObjectType(type)) throw new Error(`${name} is no object.`)
    return type
  }

  function value(type: GraphQLOutputType, nodes: readonly FieldNode[], variables: Variables, at: string): unknown {
    if (isNonNullType(type)) return value(type.ofType, nodes, variables, at)
    if (isFault(at)) return pick([null, undefined, 'not so', -1.5, true, {}, ['not', 'so'], { __typename: 'Job' }], at)
    if (isListType(type)) {
      const length = Math.floor(chance(`length ${at}`) * 3)
      return Array.from({ length }, (_, i) => value(type.ofType, nodes, variables, `${at} ${i}`))
    }
    if (isObjectType(type)) return object(type, nodes, variables, at)
    if (isEnumType(type)) return pick(type.getValues(), at)?.name
    return leaf(type.toString(), at)
  }

  function leaf(type: string, at: string): unknown {
    if (type === 'Int') return Math.floor(chance(at) * 1_000)
    if (type === 'Float') return chance(at) * 1_000
    if (type === 'Boolean') return chance(at) < 0.5
    // A map may hold what no field is called, in any depth.
    if (type === 'StringMap') return JSON.parse('{"a":"b","__proto__":"c"}')
    return `${type} ${Math.floor(chance(at) * 1e9)}`
  }

  function object(type: GraphQLObjectType, nodes: readonly FieldNode[], variables: Variables, at: string) {
    const fields = [...collectSubfields(schema, {}, variables, type, nodes)].map(([responseName, of]) => {
      const name = of[0]?.name.value ?? ''
      const field = type.getFields()[name]
      return [responseName, field ? value(field.type, of, variables, `${at}.${responseName}`) : type.name]
    })
    return Object.fromEntries(fields)
  }

  function answer(service: string, { query = '', variables = {} }: Question): Answer {
    const at = `${service} ${query} ${JSON.stringify(variables)}`
    if (isFault(`throws ${at}`)) throw new Error(`${service} is out of its mind.`)
    const entities = entitiesNode(query)
    const things: unknown = variables.representations
    if (!Array.isArray(things)) throw new Error('Only entities are asked for.')
    const _entities = things.map((thing: { __typename?: unknown }, i) =>
      object(objectType(thing.__typename), [entities], variables, `${at} ${i}`),
    )
    if (isFault(`errors ${at}`)) {
      const path = pick([['_entities', 0, 'usage'], ['_entities', 1], ['_entities'], undefined], at)
      const errors = [{ message: 'broken', ...(path && { path }), extensions: { code: 'UNAVAILABLE' } }]
      return chance(`data ${at}`) < 0.5 ? { errors } : { data: { _entities }, errors }
    }
    if (isFault(`length ${at}`)) return { data: { _entities: _entities.slice(1) } }
    if (isFault(`none ${at}`)) return { data: { _entities: _entities.map(() => null) } }
    return { data: { _entities } }
  }

  return {
    payload: payloadOf(objectType(root), (type, at) => value(type, [], {}, at)),
    services() {
      const asked: string[] = []
      const serviceOf = (name: string) => ({
        async ask(question: Question) {
          asked.push(JSON.stringify({ name, ...question }))
          return answer(name, question)
        },
      })
      const services = { jobs: serviceOf('jobs'), gpus: serviceOf('gpus'), usage: serviceOf('usage') }
      return { services, asked }
    },
  }
}

type Variables = Readonly<Record<string, unknown>>

/** All fields that are no objects: an event has more of them than it is asked for. */
function payloadOf(root: GraphQLObjectType, value: (type: GraphQLOutputType, at: string) => unknown): unknown {
  const fields = Object.values(root.getFields()).filter(
    ({ type }) => !isObjectType(isNonNullType(type) ? type.ofType : type),
  )
  return Object.fromEntries(fields.map(({ name, type }) => [name, value(type, `event ${name}`)]))
}

function entitiesNode(query: string): FieldNode {
  const [node] = getOperationAST(parse(query))?.selectionSet.selections ?? []
  if (node?.kind !== Kind.FIELD) throw new Error('Entities are asked for by one field.')
  return node
}

/** From 0 to 1, the same for the same text (FNV-1a, and a last stir). */
function hash(text: string): number {
  let sum = 2166136261
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 16777619)
  sum = Math.imul(sum ^ (sum >>> 15), 2246822507)
  return ((sum ^ (sum >>> 13)) >>> 0) / 2 ** 32
}
