// Selections as clients might write them, for tests that try many.
import fc from 'fast-check'
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

const DEPTH = 4
const CONDITIONS = ['', '', '', '@include(if: $yes)', '@skip(if: $yes)', '@include(if: true)', '@skip(if: true)']

/** Any selection of a type in braces, whose conditions know the variable `$yes`, and which always has something in it. */
export function selectionOfType(schema: GraphQLSchema, name: string): fc.Arbitrary<string> {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is no object.`)
  return selection(type, DEPTH)
}

function selection(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields()).filter((field) => !field.args.some(isRequiredArgument))
  const leaves = fields.filter((field) => !isObjectType(getNamedType(field.type)))
  const nested = depth > 1 ? fields.filter((field) => isObjectType(getNamedType(field.type))) : []
  const some = (of: readonly GraphQLField<unknown, unknown>[], most: number) =>
    of.length === 0
      ? fc.constant([])
      : fc.array(
          fc.constantFrom(...of).chain((each) => selected(each, depth)),
          { maxLength: most },
        )
  return fc
    .record({ of: some(leaves, 4), more: some(nested, 2), isInline: fc.boolean(), typename: fc.boolean() })
    .map(({ of, more, isInline, typename }) => {
      const all = [...of, ...more]
      const half = isInline ? all.length >> 1 : all.length
      const inline = all.slice(half)
      const fragment = inline.length > 0 ? `... on ${type.name} { ${inline.join(' ')} }` : ''
      return `{ ${typename || all.length === 0 ? '__typename' : ''} ${all.slice(0, half).join(' ')} ${fragment} }`
    })
}

/** An alias for each way of selecting a field, so that two of them never meet where they differ. */
function selected(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const type = getNamedType(field.type)
  return fc
    .record({
      alias: isObjectType(type) ? fc.stringMatching(/^[a-z]{8}$/) : fc.constantFrom('', `the_${field.name}`),
      condition: fc.constantFrom(...CONDITIONS),
      below: isObjectType(type) ? selection(type, depth - 1) : fc.constant(''),
    })
    .map(({ alias, condition, below }) => `${alias ? `${alias}: ` : ''}${field.name} ${condition} ${below}`)
}
