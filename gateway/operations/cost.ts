// How much an operation may ask for. Nesting and length say little of that: a few fragments that spread one
// another twice, over a cycle such as Gpu.worker.gpus, ask for more values than there is memory.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  valueFromAST,
} from 'graphql'

/**
 * Values in an answer, objects counted too. The most that a page or REST asks for is some 1.1 million,
 * by this count: 200 jobs with all their runs.
 */
export const MAX_COST = 2_000_000

/**
 * The size of a list that comes whole. Most are shorter, but a worker may have 64 GPUs, and a size that is
 * too small multiplies its error at each turn of a cycle.
 */
const LIST_SIZE = 32
/** A chart has its points for each GPU of a run, which seldom has more; charts lie in no cycle. */
const GPUS_OF_CHART = 8

type Variables = Readonly<Record<string, unknown>>

/** How many values a valid operation asks for at most, lists taken to have `first` or `points` elements, or LIST_SIZE. */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  )
  // Each fragment is counted once for each size: at each spread would take time exponential in their number.
  const counted = new Map<string, number>()

  /** `listSize` is the size of the lists that are right here, such as the `nodes` of a page. */
  function costOf(selections: SelectionSetNode, type: GraphQLNamedType | undefined, listSize: number): number {
    let cost = 0
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, type, listSize)
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value, listSize)
      else {
        const condition = selection.typeCondition?.name.value
        cost += costOf(selection.selectionSet, condition === undefined ? type : schema.getType(condition), listSize)
      }
    }
    return Math.min(cost, Number.MAX_SAFE_INTEGER)
  }

  function costOfField(node: FieldNode, parent: GraphQLNamedType | undefined, listSize: number): number {
    const field = fieldOf(parent, node.name.value)
    if (!field || !node.selectionSet) return 1
    const isList = isListType(getNullableType(field.type))
    const points = argumentOf(field, 'points', node, variables)
    const first = points ?? argumentOf(field, 'first', node, variables)
    const within = points === undefined ? LIST_SIZE : GPUS_OF_CHART
    // A page is an object, whose list has the size.
    const inside = costOf(node.selectionSet, getNamedType(field.type), isList ? within : (first ?? LIST_SIZE))
    return isList ? (first ?? listSize) * (1 + inside) : 1 + inside
  }

  function costOfFragment(name: string, listSize: number): number {
    const key = `${name} ${listSize}`
    const known = counted.get(key)
    if (known !== undefined) return known
    const fragment = fragments.get(name)
    const type = fragment && schema.getType(fragment.typeCondition.name.value)
    const cost = fragment ? costOf(fragment.selectionSet, type, listSize) : 0
    counted.set(key, cost)
    return cost
  }

  return costOf(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, LIST_SIZE)
}

const META_FIELDS = new Map([SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((def) => [def.name, def]))

type Field = GraphQLField<unknown, unknown>

function fieldOf(parent: GraphQLNamedType | undefined, name: string): Field | undefined {
  const own = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
  return own ?? META_FIELDS.get(name)
}

/** How many elements are asked for by this argument, at least 1; undefined for a field that does not have it. */
function argumentOf(
  field: Field,
  called: 'first' | 'points',
  node: FieldNode,
  variables: Variables,
): number | undefined {
  const argument = field.args.find(({ name }) => name === called)
  if (!argument) return undefined
  const given = node.arguments?.find(({ name }) => name.value === called)
  const value = given && valueFromAST(given.value, argument.type, variables)
  const size = value ?? argument.defaultValue
  return typeof size === 'number' ? Math.max(size, 1) : LIST_SIZE
}
