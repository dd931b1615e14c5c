// What may follow what was typed.
import type { Completion, Option } from '../arguments.ts'
import { COMMON_OPTIONS, type Command } from '../command.ts'
import type { Commands } from '../commands.ts'
import { candidatesOf } from './candidates.ts'

interface Place {
  /** What may stand there, and what has been typed of it. */
  completion: Completion | undefined
  options: Readonly<Record<string, Option>> | undefined
  typed: string
  /** Stands before each candidate, such as `--account=`. */
  before: string
}

/** Candidates, a line each: the word, a tab, and what it is. `:files` alone lets the shell complete names of files. */
export async function complete(words: readonly string[], commands: Commands): Promise<string[]> {
  const { completion, options, typed, before } = placeOf(words, commands)
  if (completion === 'files') return [':files']
  const named =
    options && typed.startsWith('-') ? optionLines(options) : await candidatesOf(completion, typed, commands)
  // A model is A100, and a100 is what one types.
  const begun = typed.toLowerCase()
  return named.filter((line) => line.toLowerCase().startsWith(begun)).map((line) => before + line)
}

/** Pure: what the last word is. */
export function placeOf(words: readonly string[], commands: Commands): Place {
  const typed = words.at(-1) ?? ''
  const earlier = words.slice(0, -1)
  const at = commandAt(earlier)
  if (at === -1) return placeOfOption(typed, COMMON_OPTIONS, optionValue(earlier, COMMON_OPTIONS) ?? 'commands')
  const command = commands.find(earlier[at] ?? '')
  if (!command) return { completion: undefined, options: undefined, typed, before: '' }
  const options = { ...command.options, ...COMMON_OPTIONS }
  const given = earlier.slice(at + 1)
  const value = optionValue(given, options)
  if (value !== undefined) return { completion: value, options: undefined, typed, before: '' }
  if (command.program && programBegun(given, command))
    return { completion: 'files', options: undefined, typed, before: '' }
  return placeOfOption(typed, options, command.complete ?? (command.program ? 'files' : undefined))
}

function commandAt(words: readonly string[]): number {
  return words.findIndex((word, at) => !word.startsWith('-') && !takesValue(words[at - 1], COMMON_OPTIONS))
}

function placeOfOption(typed: string, options: Readonly<Record<string, Option>>, completion?: Completion): Place {
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(typed) ?? []
  if (name !== undefined && value !== undefined) {
    return { completion: options[name]?.complete, options: undefined, typed: value, before: `--${name}=` }
  }
  return { completion, options, typed, before: '' }
}

/** What completes the value of the option that stands last. */
function optionValue(given: readonly string[], options: Readonly<Record<string, Option>>): Completion | undefined {
  const option = optionOf(given.at(-1), options)
  return option?.value === undefined ? undefined : (option.complete ?? [])
}

function takesValue(word: string | undefined, options: Readonly<Record<string, Option>>): boolean {
  return optionOf(word, options)?.value !== undefined
}

function optionOf(word: string | undefined, options: Readonly<Record<string, Option>>): Option | undefined {
  if (word === undefined || !word.startsWith('-') || word.includes('=')) return undefined
  if (word.startsWith('--')) return options[word.slice(2)]
  return Object.values(options).find(({ short }) => short !== undefined && word.endsWith(short))
}

function programBegun(given: readonly string[], { options }: Command): boolean {
  const all = { ...options, ...COMMON_OPTIONS }
  return given.some((word, at) => word === '--' || (!word.startsWith('-') && !takesValue(given[at - 1], all)))
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  return Object.entries(options).map(([name, { help }]) => `--${name}\t${help}`)
}
