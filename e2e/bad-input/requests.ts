// Requests to the REST bridge that are wrong, or right with odd values: of every operation in its contract.
import * as v from 'valibot'
import type { Chance } from '../seeded.ts'
import { oddInstant, oddJson, oddNumber, oddText, spoilt } from './odd-values.ts'

export interface BadRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: string
}

interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
}
interface Parameter {
  $ref?: string
  name: string
  in: string
  schema: Schema
}

const looseObject = v.record(v.string(), v.unknown())
const operation = v.object({
  parameters: v.optional(v.array(v.custom<Parameter>((given) => v.is(looseObject, given))), []),
  requestBody: v.optional(
    v.object({ content: v.record(v.string(), v.object({ schema: v.custom<Schema>(() => true) })) }),
  ),
})
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const contract = v.object({
  paths: v.record(v.string(), v.object(v.entriesFromList(METHODS, v.optional(operation)))),
  components: v.object({
    schemas: v.record(
      v.string(),
      v.custom<Schema>(() => true),
    ),
    parameters: v.record(
      v.string(),
      v.custom<Parameter>(() => true),
    ),
  }),
})

export type RestContract = v.InferOutput<typeof contract>

/** @throws ValiError where it is no such contract */
export function readRestContract(given: unknown): RestContract {
  return v.parse(contract, given)
}

/** A request of some operation. */
export function badRequest(contract: RestContract, chance: Chance): BadRequest {
  const [template, methods] = chance.pick(Object.entries(contract.paths))
  const method = chance.pick(METHODS.filter((each) => methods[each] || chance.happens(0.1)).concat('get'))
  const found = methods[method]
  const parameters = (found?.parameters ?? []).map((each) => resolve(contract.components.parameters, each))
  const path = template.replace(/\{\w+\}/g, () => oddSegment(chance))
  const body = found?.requestBody?.content['application/json']?.schema
  return {
    method: method.toUpperCase(),
    path: path + oddSearch(contract, parameters, chance),
    headers: { ...oddHeaders(parameters, chance), ...(body && { 'content-type': oddContentType(chance) }) },
    ...(body && { body: oddBody(contract, body, chance) }),
  }
}

function resolve<Thing extends { $ref?: string }>(among: Readonly<Record<string, Thing>>, thing: Thing): Thing {
  return thing.$ref === undefined ? thing : (among[thing.$ref.split('/').at(-1) ?? ''] ?? thing)
}

function oddSegment(chance: Chance): string {
  if (chance.happens(0.3)) return '0199a1b2-0000-7000-8000-000000000001'
  const text = wellFormed(oddText(chance), 2_000)
  return chance.happens(0.1) ? `%${wellFormed(text, 3)}` : encodeURIComponent(text)
}

function oddSearch(contract: RestContract, parameters: readonly Parameter[], chance: Chance): string {
  const given = parameters.filter((each) => each.in === 'query' && chance.happens(0.5))
  const pairs = given.map(({ name, schema }) => {
    const value = wellFormed(textOf(oddOf(contract, schema, chance, 1)), 4_000)
    return `${name}=${chance.happens(0.95) ? encodeURIComponent(value) : '%zz'}`
  })
  if (chance.happens(0.1)) pairs.push(`${encodeURIComponent(wellFormed(oddText(chance), 50))}=1`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

/** What a header may hold at all; what it may not is for bytes.ts. */
function oddHeaders(parameters: readonly Parameter[], chance: Chance): Record<string, string> {
  const names = [
    ...parameters.flatMap((each) => (each.in === 'header' ? each.name : [])),
    'accept',
    'last-event-id',
    'if-match',
    'x-request-id',
  ]
  const given = names.filter(() => chance.happens(0.2))
  return Object.fromEntries(
    given.map((name) => [
      name,
      oddText(chance)
        .replaceAll(/[^\t\x20-\x7e]/g, 'é')
        .trim()
        .slice(0, 4_000),
    ]),
  )
}

function oddContentType(chance: Chance): string {
  if (chance.happens(0.9)) return 'application/json'
  return chance.pick([
    'text/plain',
    'application/xml',
    'application/json; charset=utf-16',
    'multipart/form-data',
    '/',
    'x'.repeat(200),
  ])
}

function oddBody(contract: RestContract, schema: Schema, chance: Chance): string {
  const value = chance.happens(0.15) ? oddJson(chance) : oddOf(contract, schema, chance, 5)
  const text = JSON.stringify(value) ?? ''
  return chance.happens(0.2) ? spoilt(text, chance) : text
}

/** A value of about this schema. */
function oddOf(contract: RestContract, given: Schema, chance: Chance, depth: number): unknown {
  const schema = resolve(contract.components.schemas, given)
  if (chance.happens(0.1)) return oddJson(chance, 1)
  if (schema.enum && chance.happens(0.8)) return chance.pick(schema.enum)
  if (schema.properties) {
    const wanted = Object.entries(schema.properties).filter(() => depth > 0 && chance.happens(0.5))
    return Object.fromEntries(wanted.map(([name, each]) => [name, oddOf(contract, each, chance, depth - 1)]))
  }
  switch (Array.isArray(schema.type) ? chance.pick(schema.type) : schema.type) {
    case 'array':
      return Array.from({ length: chance.between(0, 3) }, () => oddOf(contract, schema.items ?? {}, chance, depth - 1))
    case 'integer':
      return chance.happens(0.7) ? chance.between(-3, 300) : oddNumber(chance)
    case 'number':
      return oddNumber(chance)
    case 'boolean':
      return chance.happens(0.5)
    default:
      return schema.format === 'date-time' ? oddInstant(chance) : oddText(chance)
  }
}

/** At most so much of it, without halves of characters, which no URL takes. */
function wellFormed(text: string, most: number): string {
  return text.slice(0, most).toWellFormed()
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
