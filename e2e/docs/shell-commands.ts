// The commands that our documents tell people to type, one by one. Pure but for the reading.
import { blocks, read } from './read-markdown.ts'

/** What languages of blocks a shell reads. */
const SHELLS = ['sh', 'bash', 'shell', 'console']

export interface ShellBlock {
  document: string
  text: string
  /** Each command in one line, without comments. */
  commands: string[]
}

export function shellBlocks(document: string): ShellBlock[] {
  const text = read(document)
  return SHELLS.flatMap((language) => blocks(text, language)).map((block) => ({
    document,
    text: block,
    commands: commandsOf(block),
  }))
}

/** Lines that a backslash continues are one command; what stands behind a # is for people. */
export function commandsOf(block: string): string[] {
  return block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#\s.*$/, '').trim())
    .filter((line) => line !== '')
}

/** Asks a stack on this machine, and nothing else: such a block is run as it stands. */
export function asksTheStack({ commands }: ShellBlock): boolean {
  return commands.every((command) => /^curl .*(127\.0\.0\.1|localhost):4000/.test(command))
}
