// How REST says what the graph says, derived from the contract: a property is the field of the same name in camel case,
// and a word of an enumeration is the same word in lower case. What is otherwise stands in `exceptions.ts`.
import { EXCEPTIONS, type Exception, type Node, OMITS_EMPTY } from './exceptions.ts'

/** As much of a JSON schema as is looked at here. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

/** What to ask of the graph for a schema, and what REST has to say of the answer. */
export interface Correspondence {
  /** A selection set with its braces; empty for a scalar. */
  select: string
  read(value: unknown, parent: Node): unknown
}

type Schemas = Readonly<Record<string, Schema>>

/** That of a schema that the contract names. */
export function correspondenceOf(schemas: Schemas, name: string): Correspondence {
  const schema = schemas[name]
  if (!schema) throw new Error(`The contract has no schema ${name}.`)
  return schema.properties ? ofObject(schemas, name, schema) : of(schemas, schema)
}

function of(schemas: Schemas, schema: Schema): Correspondence {
  if (schema.$ref) return correspondenceOf(schemas, schema.$ref.split('/').at(-1) ?? '')
  const alternative = schema.anyOf?.find(({ type }) => type !== 'null')
  if (alternative) return of(schemas, alternative)
  if (schema.enum) return { select: '', read: (value) => (typeof value === 'string' ? value.toLowerCase() : value) }
  if (schema.items) return ofList(of(schemas, schema.items))
  if (schema.properties) return ofObject(schemas, '', schema)
  return { select: '', read: (value) => value }
}

function ofList(item: Correspondence): Correspondence {
  return {
    select: item.select,
    read: (value, parent) => (Array.isArray(value) ? value.map((one) => item.read(one, parent)) : value),
  }
}

function ofObject(schemas: Schemas, name: string, { properties = {}, required = [] }: Schema): Correspondence {
  const fields = Object.entries(properties).map(([property, schema]) => ({
    property,
    isOptional: !required.includes(property),
    ...fieldOf(schemas, name, property, schema),
  }))
  const isLeftOut = (value: unknown) => value === null || (OMITS_EMPTY.has(name) && isEmpty(value))
  return {
    select: `{ ${fields.map(({ select }) => select).join(' ')} }`,
    read(value, parent) {
      if (!isNode(value)) return value
      const node = { ...value, parent }
      const told = fields.map(({ property, read, isOptional }) => {
        const said = read(node)
        return [property, isOptional && isLeftOut(said) ? undefined : said] as const
      })
      return Object.fromEntries(told.filter(([, said]) => said !== undefined))
    },
  }
}

function fieldOf(schemas: Schemas, name: string, property: string, schema: Schema): Exception {
  const exception = EXCEPTIONS[name]?.[property]
  if (typeof exception === 'object') return exception
  const inner = of(schemas, schema)
  // The same thing of the graph, spread over the fields of two things in REST.
  if (exception === 'same node') {
    return { select: inner.select.replace(/^{(.*)}$/s, '$1'), read: (node) => inner.read(node, node) }
  }
  const field = exception ?? camelCase(property)
  const [key = ''] = field.split(/[(:]/)
  return { select: `${field} ${inner.select}`, read: (node) => inner.read(node[key], node) }
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === 0 || value === false
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
