// What services have answered, as one tree: finding places in it, and putting further parts into it.
import type { ResponsePath } from '@apollo/query-planner'

export type Data = Record<string, unknown>

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a path of a plan leads to, where `@` stands for each element of a list. */
export function elementsAt(value: unknown, path: ResponsePath, from = 0): unknown {
  const step = path[from]
  if (step === undefined || value === undefined || value === null) return value
  if (step === '@') {
    if (!Array.isArray(value)) throw new Error(`There is no list at ${path}.`)
    return value.flatMap((element) => elementsAt(element, path, from + 1))
  }
  if (Array.isArray(value)) throw new Error(`There is a list at ${path}.`)
  return isData(value) ? elementsAt(value[step], path, from + 1) : undefined
}

/** The place of each thing that the path leads to, in order. */
export function pathsOf(value: unknown, path: ResponsePath, from = 0, parent: ResponsePath = []): ResponsePath[] {
  if (value === undefined || value === null) return []
  const step = path[from]
  if (step === undefined) return [parent]
  if (Array.isArray(value)) {
    const next = step === '@' ? from + 1 : from
    return value.flatMap((element, i) => pathsOf(element, path, next, [...parent, i]))
  }
  return isData(value) ? pathsOf(value[step], path, from + 1, [...parent, step]) : []
}

/** Adds to `target`, in place. What both have is merged where it is made of objects, and otherwise is the newer. */
export function mergeInto(target: unknown, source: unknown): void {
  if (!isObject(target) || !isObject(source)) return
  for (const key of Object.keys(source)) {
    const value = source[key]
    // Nobody has asked for a name that objects have of their own.
    if (value === undefined || (key in {} && !Array.isArray(source))) continue
    const present = target[key]
    if (present && isData(value)) mergeInto(present, value)
    else if (Array.isArray(value) && Array.isArray(present) && value.length === present.length) {
      mergeLists(present, value)
    } else target[key] = value
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [i, value] of source.entries()) {
    if (isData(target[i]) && isData(value)) mergeInto(target[i], value)
    else target[i] = value
  }
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null
}
