// What a command is, and a call of it.

import type { Completion, Option, Shape, Typed } from './arguments.ts'
import { misused } from './failure.ts'
import type { Api } from './server/api.ts'

export interface Command extends Shape {
  aliases?: readonly string[]
  /** In one line. */
  summary: string
  /** What its words are, such as `JOB…`. */
  takes?: string
  /** How many words there must be, and may be. */
  words?: readonly [least: number, most: number]
  complete?: Completion
  /** What is not said by the options. */
  notes?: string
  examples: readonly (readonly [line: string, what: string])[]
  load(): Promise<{ run(call: Call): Promise<number> }>
}

export interface Call {
  name: string
  typed: Typed
  json: boolean
  /** @throws Failure where nobody is signed in */
  open(): Promise<Api>
}

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  json: { help: 'prints JSON; one object a line where more comes by and by' },
  url: { value: 'URL', help: 'the server; CONSTELLATION_URL otherwise' },
  context: { value: 'NAME', help: 'one of those that "constellation login" has kept', complete: 'contexts' },
  help: { short: 'h', help: 'says how this command is used' },
}

export function has({ typed }: Call, flag: string): boolean {
  return typed.flags.has(flag)
}

export function textOf({ typed }: Call, option: string): string | undefined {
  return typed.values.get(option)?.[0]
}

export function textsOf({ typed }: Call, option: string): readonly string[] {
  return typed.values.get(option) ?? []
}

/** The value read by a function such as `seconds`; undefined where the option is not given. */
export function readOption<T>(call: Call, option: string, read: (name: string, text: string) => T): T | undefined {
  const text = textOf(call, option)
  return text === undefined ? undefined : read(`--${option}`, text)
}

/** One of these words, in any case. @throws Failure which lists them */
export function oneOf<Word extends string>(option: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word.toLowerCase() === text.toLowerCase())
  if (found !== undefined) return found
  throw misused(
    `${option} must be one of ${words.map((word) => word.toLowerCase()).join(', ')}; it is ${JSON.stringify(text)}.`,
  )
}
