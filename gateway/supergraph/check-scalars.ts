// Lets the gateway itself check the values of the graph's own scalars. A composed schema takes any value for
// them, and what a service then refuses would look like a fault of the gateway.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { scalars } from '@constellation/platform/subgraph/scalars.ts'
import { GraphQLError, type GraphQLSchema, isScalarType } from 'graphql'

/** Changes the schema: from now on wrong values, in a document or in variables, are BAD_USER_INPUT. */
export function checkScalars(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of Object.values(scalars)) {
    const type = schema.getType(name)
    if (!isScalarType(type)) throw new Error(`The graph has no scalar ${name}.`)
    type.parseValue = (value) => refusing(() => parseValue(value))
    type.parseLiteral = (node, variables) => refusing(() => parseLiteral(node, variables))
  }
}

/** With a code: validation would otherwise give its own, as for a document that does not fit the schema. */
function refusing<Value>(parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    throw new ConstellationError('BAD_USER_INPUT', error.message, { cause: error })
  }
}
