// What stands in the form as lines of text, and back: variables, labels, mounts, sweeps and lists of words.
import type { MountInput, SweepInput } from '../generated/documents.ts'

/** What was read, or the number of the first line, from 1, that could not be. */
export type Lines<Read> = { read: Read } | { faultyLine: number }

/** `NAME=value`, one a line; `export` before it is allowed. A value of several lines stands as `$'one\ntwo'`. */
export function readVariables(
  text: string,
  name = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/,
): Lines<Record<string, string>> {
  const lines = readLines(text, (line) => {
    const [, key, value = ''] = name.exec(line) ?? []
    return key === undefined ? undefined : [[key, isEscaped(value) ? unescaped(value) : value] as const]
  })
  return 'read' in lines ? { read: Object.fromEntries(lines.read) } : lines
}

const LABEL = /^\s*([A-Za-z0-9][\w./-]*)=(.*)$/

/** The labels of workers likewise, whose names may hold more. */
export function readLabels(text: string): Lines<Record<string, string>> {
  return readVariables(text, LABEL)
}

export function writeVariables(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${/[\n\r]/.test(value) || isEscaped(value) ? escaped(value) : value}`)
    .join('\n')
}

/** `NAME=one, two`, one a line; values that hold commas stand as a JSON array. */
export function readSweep(text: string): Lines<SweepInput[]> {
  return readLines(text, (line) => {
    const [, name, values = ''] = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line) ?? []
    const read = values.trim().startsWith('[') ? readTexts(values) : values.split(',').map((value) => value.trim())
    return name === undefined || read === undefined ? undefined : [{ name, values: read }]
  })
}

export function writeSweep(sweep: readonly SweepInput[]): string {
  const isPlain = (value: string) => value !== '' && value.trim() === value && !/[,\n\r]|^\[/.test(value)
  return sweep
    .map(({ name, values }) => `${name}=${values.every(isPlain) ? values.join(', ') : JSON.stringify(values)}`)
    .join('\n')
}

/** `/on/the/worker:/in/the/container`, one a line, with `:ro` behind where nothing may be written. */
export function readMounts(text: string): Lines<MountInput[]> {
  return readLines(text, (line) => {
    const [source = '', target = '', mode, ...more] = line.trim().split(':')
    if (source === '' || target === '' || more.length > 0) return undefined
    if (mode !== undefined && mode !== 'ro' && mode !== 'rw') return undefined
    return [mode === 'ro' ? { source, target, readOnly: true } : { source, target }]
  })
}

export function writeMounts(mounts: readonly MountInput[]): string {
  return mounts.map(({ source, target, readOnly }) => `${source}:${target}${readOnly ? ':ro' : ''}`).join('\n')
}

/** The words of a list, with white space or commas between them. */
export function readWords(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}

function readLines<Item>(text: string, read: (line: string) => Item[] | undefined): Lines<Item[]> {
  const all: Item[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const items = read(line)
    if (!items) return { faultyLine: index + 1 }
    all.push(...items)
  }
  return { read: all }
}

function readTexts(json: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined
  } catch {
    return undefined
  }
}

function isEscaped(value: string): boolean {
  return /^\$'(?:[^'\\]|\\.)*'$/.test(value)
}

/** As a shell's `$'…'` has it. */
function escaped(value: string): string {
  return `$'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
}

function unescaped(value: string): string {
  return value
    .slice(2, -1)
    .replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter))
}
