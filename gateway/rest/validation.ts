// Holds a part of a request against its schema in the contract.

import { invalidInput } from '@constellation/platform/errors.ts'
import { readInstant } from '@constellation/platform/instants.ts'
import { Ajv, type Options, type ValidateFunction } from 'ajv'
import { problemsFrom } from './validation-problems.ts'

/** Of a body with more values than this only the first fault is told, as finding all would be work without bound. */
const FULL_REPORT_VALUES = 2_000

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** JSON has types of its own, so nothing in a body is converted. */
const bodies = makeAjv({ coerceTypes: false, useDefaults: false })
/** What stands in a path or a query is text, and becomes a number or a boolean where one is described. */
const texts = makeAjv({ coerceTypes: true, useDefaults: true })

export type Checked = { value: unknown } | { error: Error }

/** Fastify's validator compiler. A fault becomes BAD_USER_INPUT with the path of each field. */
export function compileValidator({
  schema,
  httpPart,
}: {
  schema: object
  httpPart?: string
}): (data: unknown) => Checked {
  const ajv = httpPart === 'body' ? bodies : texts
  const first = ajv.first.compile(schema)
  const all = ajv.all.compile(schema)
  return (data) => check(first, all, httpPart === 'querystring' ? splitLists(schema, data) : data)
}

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

function check(first: ValidateFunction, all: ValidateFunction, value: unknown): Checked {
  if (first(value)) return { value }
  const thorough = hasAtMost(value, FULL_REPORT_VALUES)
  if (thorough) all(value)
  return { error: invalidInput(problemsFrom((thorough ? all : first).errors ?? [])) }
}

function makeAjv(options: Options): { first: Ajv; all: Ajv } {
  const make = (allErrors: boolean) => {
    const ajv = new Ajv({ ...options, allErrors, allowUnionTypes: true, removeAdditional: false, strict: true })
    return ajv.addFormat('uuid', UUID).addFormat('date-time', (text) => readInstant(text) !== null)
  }
  return { first: make(false), all: make(true) }
}

/** Query parameters that are lists, written with commas between their items, as lists. */
function splitLists(schema: object, data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      isList(schema, name) ? [value].flat().flatMap(splitAtCommas) : value,
    ]),
  )
}

function isList(schema: object, name: string): boolean {
  if (!('properties' in schema) || typeof schema.properties !== 'object' || schema.properties === null) return false
  const property: unknown = Object.hasOwn(schema.properties, name) ? Reflect.get(schema.properties, name) : undefined
  return typeof property === 'object' && property !== null && 'type' in property && property.type === 'array'
}

function splitAtCommas(value: unknown): unknown {
  return typeof value === 'string' ? value.split(',') : value
}

/** True where a value of JSON holds no more than so many values, however deep. */
function hasAtMost(value: unknown, most: number): boolean {
  const left = [value]
  for (let count = 0; left.length > 0; count++) {
    if (count >= most) return false
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    const inside = Object.values(next)
    if (count + inside.length > most) return false
    left.push(...inside)
  }
  return true
}
