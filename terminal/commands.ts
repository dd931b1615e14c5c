// Every command. Each is loaded only when it is called, so that none waits for the others.
import type { Command } from './command.ts'
import { JOB_COMMANDS } from './job-commands.ts'
import { OTHER_COMMANDS } from './other-commands.ts'

const COMMANDS: Readonly<Record<string, Command>> = { ...JOB_COMMANDS, ...OTHER_COMMANDS }

export interface Commands {
  names(): string[]
  /** By its name or another one. */
  find(name: string): Command | undefined
  /** The name that it goes by. */
  nameOf(word: string): string | undefined
}

export const commands: Commands = {
  names: () => Object.keys(COMMANDS),
  find: (word) => COMMANDS[nameOf(word) ?? ''],
  nameOf,
}

function nameOf(word: string): string | undefined {
  if (Object.hasOwn(COMMANDS, word)) return word
  return Object.entries(COMMANDS).find(([, { aliases }]) => aliases?.includes(word))?.[0]
}
