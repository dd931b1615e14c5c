// Schemas of REST as tables. Pure.
import { anchorOf, code, listed, table } from '../markdown.ts'
import { nameOfRef, type Schema } from './contract.ts'

/** A schema in a few words, with links to those that have a name. */
export function typeText(schema: Schema): string {
  const { $ref, enum: values, const: only, items, properties, additionalProperties } = schema
  const several = schema.oneOf ?? schema.anyOf ?? schema.allOf
  if ($ref !== undefined) return `[${nameOfRef($ref)}](#${anchorOf(nameOfRef($ref))})`
  if (only !== undefined) return code(JSON.stringify(only))
  if (values)
    return listed(
      values.map((value) => code(String(value))),
      'or',
    )
  if (several) return listed([...new Set(several.map(typeText))], 'or')
  if (items) return `list of ${typeText(items)}`
  if (properties) return 'object'
  if (typeof additionalProperties === 'object') return `object of ${typeText(additionalProperties)}`
  return schema.format ? `${typeName(schema)} (${schema.format})` : typeName(schema)
}

function typeName({ type }: Schema): string {
  return type === undefined ? 'any' : listed(Array.isArray(type) ? type : [type], 'or')
}

/** What it may be, beside its type: `1 to 10000`. */
function bounds(schema: Schema): string {
  const within = (least: number | undefined, most: number | undefined, unit: string) =>
    most !== undefined
      ? `${least === undefined ? 'at most ' : `${least} to `}${most}${unit}`
      : least
        ? `at least ${least}${unit}`
        : ''
  const parts = [
    within(schema.minimum, schema.maximum, ''),
    within(schema.minLength, schema.maxLength, ' characters'),
    within(schema.minItems, schema.maxItems, ' of them'),
    schema.default === undefined ? '' : `by default ${code(JSON.stringify(schema.default))}`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** Its properties, and those of objects within them. */
export function propertyTable(schema: Schema): string {
  return table(['field', 'type', ''], rowsOf(schema, ''))
}

function rowsOf(schema: Schema, at: string): string[][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    [`${code(`${at}${name}`)}${schema.required?.includes(name) ? '' : ' *'}`, typeText(property), sentence(property)],
    ...rowsOf(property, `${at}${name}.`),
    ...(property.items ? rowsOf(property.items, `${at}${name}[].`) : []),
  ])
  const others = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]
  return [...own, ...others.flatMap((one) => rowsOf(one, at))]
}

/** What is said of it, and its bounds. */
export function sentence(schema: Schema): string {
  const limits = bounds(schema)
  return [schema.description?.trim() ?? '', limits && `${limits[0]?.toUpperCase()}${limits.slice(1)}.`].join(' ').trim()
}
