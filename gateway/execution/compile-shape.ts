// From an operation to the steps by which its answer is made of what the services gave. Done once for each operation,
// where Apollo's executor reads the operation anew for each request.
import {
  type CompositeType,
  type FieldSelection,
  type FragmentSelection,
  isCompositeType,
  isCustomScalarType,
  isNonNullType,
  isScalarType,
  isSubtype,
  isValidLeafValue,
  type Operation,
  type Schema,
  type Selection,
  type SelectionSet,
  type Type,
  Variable,
} from '@apollo/federation-internals'

/** Kept only where the variable has this value. */
export interface Condition {
  variable: string
  value: boolean
}

/** `__typename`, by whatever name. */
interface TypenameStep {
  kind: 'typename'
  name: string
  conditions: readonly Condition[]
}

export interface FieldStep {
  kind: 'field'
  name: string
  conditions: readonly Condition[]
  type: Type
  isNullable: boolean
  /** Of a field that is one value, and no list: whether this is such a value. */
  isLeaf: ((value: unknown) => boolean) | undefined
  /** What is selected of it, where it is made of objects. */
  inside: readonly Step[] | undefined
}

interface FragmentStep {
  kind: 'fragment'
  conditions: readonly Condition[]
  typeCondition: CompositeType | undefined
  /** For an object of this type; where the type is not known, for whatever has the type of the place it is in. */
  appliesTo(typename: string | undefined, parent: CompositeType): boolean
  inside: readonly Step[]
}

export type Step = TypenameStep | FieldStep | FragmentStep

/** An operation that only Apollo's executor answers. */
export class Unsupported extends Error {}

/** @throws Unsupported for introspection, and for names that objects of JavaScript have of their own */
export function compileShape(operation: Operation): readonly Step[] {
  const schema = operation.schema()
  const compiled = new Map<SelectionSet, readonly Step[]>()

  function stepsOf(selectionSet: SelectionSet): readonly Step[] {
    const known = compiled.get(selectionSet)
    if (known) return known
    const steps = selectionSet.selections().flatMap((selection) => {
      const conditions = conditionsOf(selection, schema)
      if (!conditions) return []
      return [
        selection.kind === 'FieldSelection' ? fieldStep(selection, conditions) : fragmentStep(selection, conditions),
      ]
    })
    compiled.set(selectionSet, steps)
    return steps
  }

  function fieldStep({ element, selectionSet }: FieldSelection, conditions: readonly Condition[]): Step {
    const name = safeName(element.responseName())
    const { type } = element.definition
    if (element.definition.isSchemaIntrospectionField()) throw new Unsupported('introspection')
    if (element.name === '__typename') return { kind: 'typename', name, conditions }
    if (!type) throw new Unsupported(`a field ${name} without a type`)
    const isNullable = !isNonNullType(type)
    const inside = selectionSet && stepsOf(selectionSet)
    return { kind: 'field', name, conditions, type, isNullable, isLeaf: leafOf(type, schema), inside }
  }

  function fragmentStep({ element, selectionSet }: FragmentSelection, conditions: readonly Condition[]): Step {
    const { typeCondition } = element
    const inside = stepsOf(selectionSet)
    return { kind: 'fragment', conditions, typeCondition, appliesTo: applies(typeCondition, schema), inside }
  }

  return stepsOf(operation.selectionSet)
}

/** Objects of JavaScript have such a field without anybody having put it there. */
export function safeName(name: string): string {
  if (name in {}) throw new Unsupported(`a field named ${name}`)
  return name
}

/** What must hold for the selection to count; undefined where that never is. */
function conditionsOf({ element }: Selection, schema: Schema): readonly Condition[] | undefined {
  const found: Condition[] = []
  for (const [directive, value] of [
    [schema.skipDirective(), false],
    [schema.includeDirective(), true],
  ] as const) {
    const [applied] = element.appliedDirectivesOf(directive)
    if (!applied) continue
    const given: unknown = applied.arguments().if
    if (given instanceof Variable) found.push({ variable: given.name, value })
    else if (given !== value) return undefined
  }
  return found
}

function leafOf(type: Type, schema: Schema): FieldStep['isLeaf'] {
  const named = isNonNullType(type) ? type.ofType : type
  if (named.kind === 'ListType' || isCompositeType(named)) return undefined
  if (isCustomScalarType(named)) return () => true
  const isText = isScalarType(named) && (named.name === 'String' || named.name === 'ID')
  return (value) => (isText && typeof value === 'string') || isValidLeafValue(schema, value, named)
}

function applies(condition: CompositeType | undefined, schema: Schema): FragmentStep['appliesTo'] {
  if (!condition) return () => true
  // Only types of the schema are remembered, whatever a service says.
  const known = new Map<string, boolean>()
  return (typename, parent) => {
    const name = typename || parent.name
    const remembered = known.get(name)
    if (remembered !== undefined) return remembered
    const type = typename ? schema.type(typename) : parent
    if (!type) return false
    const applies = isSubtype(condition, type)
    known.set(name, applies)
    return applies
  }
}
