// What was typed, by the command's own description. As with `docker run`, a program's own options are left alone: those
// of ours end at the first word, where a command takes a program.
import { misused } from './failure.ts'

/** What shells can complete. */
export type Completion =
  | 'jobs'
  | 'gpus'
  | 'models'
  | 'accounts'
  | 'templates'
  | 'secrets'
  | 'contexts'
  | 'commands'
  | 'files'
  | readonly string[]

export interface Option {
  short?: string
  /** What stands for its value; without it the option is a switch. */
  value?: string
  /** It may be given again. */
  many?: true
  help: string
  complete?: Completion
}

export interface Shape {
  options: Readonly<Record<string, Option>>
  /** The words are a program and its arguments. */
  program?: true
}

export interface Typed {
  flags: ReadonlySet<string>
  values: ReadonlyMap<string, readonly string[]>
  words: readonly string[]
}

/** @throws Failure for an option that there is not, or without its value */
export function readArguments(args: readonly string[], { options, program }: Shape): Typed {
  const flags = new Set<string>()
  const values = new Map<string, string[]>()
  const words: string[] = []
  const give = (name: string, option: Option, value: string) => {
    const given = values.get(name) ?? []
    if (given.length > 0 && option.many !== true) throw misused(`--${name} may be given once.`)
    values.set(name, [...given, value])
  }
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--') return { flags, values, words: [...words, ...args.slice(index + 1)] }
    if (!arg.startsWith('-') || arg === '-') {
      if (program) return { flags, values, words: args.slice(index) }
      words.push(arg)
      continue
    }
    for (const { name, option, value } of optionsOf(arg, options)) {
      if (option.value === undefined) {
        if (value !== undefined) throw misused(`--${name} takes no value.`)
        flags.add(name)
        continue
      }
      if (value === undefined) index += 1
      const given = value ?? args[index]
      if (given === undefined) throw misused(`--${name} needs a value: ${option.value}.`)
      give(name, option, given)
    }
  }
  return { flags, values, words }
}

interface Found {
  name: string
  option: Option
  /** Undefined where it is the next argument. */
  value: string | undefined
}

/** `--name`, `--name=value`, `-abc`, `-n5`. */
function optionsOf(arg: string, options: Shape['options']): Found[] {
  if (arg.startsWith('--')) {
    const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? []
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (!option) throw misused(`There is no option --${name}.${suggestion(name, Object.keys(options), '--')}`)
    return [{ name, option, value }]
  }
  const found: Found[] = []
  for (let at = 1; at < arg.length; at += 1) {
    const [name, option] = Object.entries(options).find(([, { short }]) => short === arg[at]) ?? []
    if (!name || !option) throw misused(`There is no option -${arg[at]}.`)
    if (option.value === undefined) {
      found.push({ name, option, value: undefined })
      continue
    }
    const rest = arg.slice(at + 1).replace(/^=/, '')
    return [...found, { name, option, value: rest === '' ? undefined : rest }]
  }
  return found
}

/** ` Did you mean …?`, where one of the names is near. */
export function suggestion(typed: string, names: readonly string[], prefix = ''): string {
  const near = names
    .map((name) => ({ name, far: name.startsWith(typed) ? 0 : distance(typed, name) }))
    .toSorted((a, b) => a.far - b.far)[0]
  return typed !== '' && near && near.far <= Math.max(1, Math.floor(typed.length / 3))
    ? ` Did you mean ${prefix}${near.name}?`
    : ''
}

/** How many letters must change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1) {
      const changed = (row[j] ?? 0) + Number(a[i] !== b[j])
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
