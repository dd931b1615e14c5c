// The contract of REST as it is read for the reference: only what the pages tell of it.
import { readFileSync } from 'node:fs'
import { repositoryRoot } from '@constellation/local/repository.ts'
import * as v from 'valibot'
import { parse } from 'yaml'

export interface Schema {
  $ref?: string | undefined
  type?: string | string[] | undefined
  description?: string | undefined
  format?: string | undefined
  enum?: unknown[] | undefined
  const?: unknown
  default?: unknown
  minimum?: number | undefined
  maximum?: number | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
  required?: string[] | undefined
  properties?: Record<string, Schema> | undefined
  additionalProperties?: boolean | Schema | undefined
  items?: Schema | undefined
  oneOf?: Schema[] | undefined
  anyOf?: Schema[] | undefined
  allOf?: Schema[] | undefined
}

const schema: v.GenericSchema<unknown, Schema> = v.lazy(() =>
  v.looseObject({
    $ref: v.optional(v.string()),
    type: v.optional(v.union([v.string(), v.array(v.string())])),
    description: v.optional(v.string()),
    format: v.optional(v.string()),
    enum: v.optional(v.array(v.unknown())),
    minimum: v.optional(v.number()),
    maximum: v.optional(v.number()),
    minLength: v.optional(v.number()),
    maxLength: v.optional(v.number()),
    minItems: v.optional(v.number()),
    maxItems: v.optional(v.number()),
    required: v.optional(v.array(v.string())),
    properties: v.optional(v.record(v.string(), schema)),
    additionalProperties: v.optional(v.union([v.boolean(), schema])),
    items: v.optional(schema),
    oneOf: v.optional(v.array(schema)),
    anyOf: v.optional(v.array(schema)),
    allOf: v.optional(v.array(schema)),
  }),
)

const content = v.record(
  v.string(),
  v.object({
    schema: v.optional(schema),
    example: v.optional(v.unknown()),
    examples: v.optional(v.record(v.string(), v.object({ value: v.unknown() }))),
  }),
)
const parameter = v.object({
  $ref: v.optional(v.string()),
  name: v.optional(v.string()),
  in: v.optional(v.string()),
  required: v.optional(v.boolean()),
  description: v.optional(v.string()),
  schema: v.optional(schema),
  example: v.optional(v.unknown()),
})
const response = v.object({
  $ref: v.optional(v.string()),
  description: v.optional(v.string()),
  content: v.optional(content),
  headers: v.optional(v.record(v.string(), v.unknown())),
})
const operation = v.object({
  operationId: v.string(),
  tags: v.array(v.string()),
  summary: v.string(),
  description: v.optional(v.string()),
  security: v.optional(v.array(v.unknown())),
  parameters: v.optional(v.array(parameter), []),
  requestBody: v.optional(v.object({ content })),
  responses: v.record(v.string(), response),
})
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const pathItem = v.looseObject({ parameters: v.optional(v.array(parameter), []) })
const contract = v.object({
  info: v.object({ description: v.string() }),
  tags: v.array(v.object({ name: v.string(), description: v.string() })),
  paths: v.record(v.string(), pathItem),
  components: v.object({
    schemas: v.record(v.string(), schema),
    parameters: v.record(v.string(), parameter),
    responses: v.record(v.string(), response),
  }),
})

export type Contract = v.InferOutput<typeof contract>
export type Answer = v.InferOutput<typeof response>
export type Content = v.InferOutput<typeof content>

export interface Operation extends v.InferOutput<typeof operation> {
  method: string
  path: string
}

/** @throws ValiError where the contract has another form than the reference knows */
export function readContract(): Contract {
  return v.parse(contract, parse(readFileSync(`${repositoryRoot}/schema/openapi.yaml`, 'utf8')))
}

/** Every operation, in the order of the contract, with the parameters of its path. */
export function operationsOf({ paths }: Contract): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      if (item[method] === undefined) return []
      const found = v.parse(operation, item[method])
      return [{ ...found, parameters: [...item.parameters, ...found.parameters], method, path }]
    }),
  )
}

/** What a reference leads to. @throws Error where it leads nowhere */
export function resolved<Part extends { $ref?: string | undefined }>(all: Record<string, Part>, part: Part): Part {
  if (part.$ref === undefined) return part
  const found = all[nameOfRef(part.$ref)]
  if (found === undefined) throw new Error(`${part.$ref} is not there.`)
  return found
}

export function nameOfRef(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}
