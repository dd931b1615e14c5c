// The planner takes the first key of a type in a service to come back to it with what a field requires, whether the
// service can be asked by that key or not.
import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql'

/** The same supergraph, in which keys that a service can be asked by come before the others. */
export function resolvableKeysFirst(sdl: string): string {
  const order = <T extends { readonly directives?: readonly ConstDirectiveNode[] }>(type: T): T => {
    const directives = type.directives ?? []
    return { ...type, directives: [...directives.filter((each) => !isLast(each)), ...directives.filter(isLast)] }
  }
  return print(visit(parse(sdl), { ObjectTypeDefinition: order, InterfaceTypeDefinition: order }))
}

function isLast({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  if (name.value !== 'join__type') return false
  return given.some((each) => each.name.value === 'resolvable' && each.value.kind === Kind.BOOLEAN && !each.value.value)
}
