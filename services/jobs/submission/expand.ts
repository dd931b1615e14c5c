// One job of each element of an array: a pure step between the check of a submission and its storing.
import type { Problem } from '@constellation/platform/errors.ts'
import type { JobSpec } from './spec.ts'
import { ARGUMENT_BYTES, type ArraySpec, INDEX_VARIABLE, TOTAL_BYTES } from './spec-fields.ts'

/** What differs between the jobs of an array; a job that is none has one element, without a place. */
export interface Element {
  name: string
  params: JobSpec['params']
  place: { index: number; size: number } | null
  /** The element that must have ended before this one starts, by its index. */
  afterIndex: number | null
}

/** More than this is not kept for one array, in bytes. */
const MOST_BYTES = 33_554_432
const NAME_BYTES = 200
const CUT = '…'
const PLACE = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g

/** The elements in the order of their indexes, or why there cannot be these. */
export function expand(spec: JobSpec): { elements: Element[] } | { problems: Problem[] } {
  const { array, name, params } = spec
  if (!array) return { elements: [{ name, params, place: null, afterIndex: null }] }
  const clash = clashes(array, params)
  if (clash.length > 0) return { problems: clash }
  const all = combinations(array).map((swept, index) => ({ swept, values: valuesOf(swept, index) }))
  const tooLarge = excess(params, all)
  if (tooLarge) return { problems: [tooLarge] }
  return {
    elements: all.map(({ swept, values }, index) => elementOf(spec, swept, values, { index, size: all.length })),
  }
}

/** A variable that comes from two sides would hide one of them. */
function clashes({ sweep }: ArraySpec, { env, secrets = [] }: JobSpec['params']): Problem[] {
  const taken = new Set([...Object.keys(env), ...secrets])
  const names = (sweep ?? []).map(({ name }, i) => ({ name, path: `array.sweep.${i}.name` }))
  const own = taken.has(INDEX_VARIABLE) ? [{ name: INDEX_VARIABLE, path: 'env' }] : []
  return [...names.filter(({ name }) => taken.has(name)), ...own].map(({ name, path }) => ({
    path,
    message: `${name} has its value from the array`,
  }))
}

/** The values of each element; the last name changes quickest. */
function combinations({ count, sweep }: ArraySpec): Record<string, string>[] {
  if (!sweep) return Array.from({ length: count ?? 0 }, () => ({}))
  return sweep.reduce<Record<string, string>[]>(
    (sofar, { name, values }) => sofar.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  )
}

function valuesOf(swept: Readonly<Record<string, string>>, index: number): Map<string, string> {
  return new Map([...Object.entries(swept), [INDEX_VARIABLE, String(index)]])
}

/** What is wrong where values make the commands too large; found before they are made. */
function excess(
  { command, env }: JobSpec['params'],
  all: readonly { values: ReadonlyMap<string, string> }[],
): Problem | null {
  const before = bytesOf([...command, ...Object.entries(env).flat()])
  let kept = 0
  for (const [index, { values }] of all.entries()) {
    const sizes = command.map((part) => filledBytes(part, values))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    if (bytes > TOTAL_BYTES || sizes.some((size) => size > ARGUMENT_BYTES)) {
      return { path: 'command', message: `is too long for job ${index} of the array, with the values in it` }
    }
    kept += before + bytes + bytesOf([...values].flat())
    if (kept > MOST_BYTES) return { path: 'array', message: `must have at most ${MOST_BYTES} bytes in all of its jobs` }
  }
  return null
}

function filledBytes(part: string, values: ReadonlyMap<string, string>): number {
  let bytes = Buffer.byteLength(part)
  for (const [whole, name = ''] of part.matchAll(PLACE)) {
    const value = values.get(name)
    if (value !== undefined) bytes += Buffer.byteLength(value) - Buffer.byteLength(whole)
  }
  return bytes
}

function elementOf(
  { name, params, array }: JobSpec,
  swept: Readonly<Record<string, string>>,
  values: ReadonlyMap<string, string>,
  place: { index: number; size: number },
): Element {
  const parallel = array?.maxParallel ?? place.size
  return {
    name: nameOf(name, place.index, swept),
    params: {
      ...params,
      command: params.command.map((part) => part.replace(PLACE, (whole, name) => values.get(name) ?? whole)),
      env: { ...params.env, ...Object.fromEntries(values) },
    },
    place,
    afterIndex: place.index >= parallel ? place.index - parallel : null,
  }
}

/** Such as `train[3] LR=0.1`, as far as there is room. */
function nameOf(name: string, index: number, swept: Record<string, string>): string {
  const values = Object.entries(swept).map(([key, value]) => ` ${key}=${value}`)
  const place = `[${index}]`
  // A place that is cut off would make all names the same.
  const base = shorten(name, NAME_BYTES - place.length - Buffer.byteLength(CUT))
  return shorten(`${base}${place}${values.join('').replace(/\s+/g, ' ')}`, NAME_BYTES)
}

/** Cuts between characters. */
function shorten(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const kept: string[] = []
  let left = bytes - Buffer.byteLength(CUT)
  for (const character of text) {
    left -= Buffer.byteLength(character)
    if (left < 0) break
    kept.push(character)
  }
  return `${kept.join('')}${CUT}`
}

function bytesOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)
}
