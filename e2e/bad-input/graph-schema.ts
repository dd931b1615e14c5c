// As much of the graph's schema as is needed to ask it almost rightly, read from the graph itself.
import * as v from 'valibot'

export interface TypeRef {
  kind: string
  name: string | null
  ofType?: TypeRef | null | undefined
}

const typeRef: v.GenericSchema<TypeRef> = v.object({
  kind: v.string(),
  name: v.nullable(v.string()),
  ofType: v.nullish(v.lazy(() => typeRef)),
})
const input = v.object({ name: v.string(), type: typeRef })
const type = v.object({
  kind: v.string(),
  name: v.string(),
  fields: v.nullable(v.array(v.object({ name: v.string(), args: v.array(input), type: typeRef }))),
  inputFields: v.nullable(v.array(input)),
  enumValues: v.nullable(v.array(v.object({ name: v.string() }))),
})
const answer = v.object({ data: v.object({ __schema: v.object({ types: v.array(type) }) }) })

export type GraphType = v.InferOutput<typeof type>
export type GraphInput = v.InferOutput<typeof input>
export type GraphField = NonNullable<GraphType['fields']>[number]
export type GraphSchema = ReadonlyMap<string, GraphType>

const REF = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }'
export const SCHEMA_QUERY = `{ __schema { types { kind name
  fields { name args { name type { ${REF} } } type { ${REF} } } inputFields { name type { ${REF} } } enumValues { name } } } }`

/** The types by name. @throws ValiError where it is no such answer */
export function readSchema(given: unknown): GraphSchema {
  return new Map(v.parse(answer, given).data.__schema.types.map((each) => [each.name, each]))
}

/** The type inside its lists and exclamation marks. */
export function namedType(schema: GraphSchema, ref: TypeRef): GraphType | undefined {
  return ref.ofType ? namedType(schema, ref.ofType) : schema.get(ref.name ?? '')
}
