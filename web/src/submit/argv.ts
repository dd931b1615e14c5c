// A command line to its arguments and back, by the quoting rules of a POSIX shell, and nothing else of a shell.
import { words } from './words.ts'

export type ParsedArgv = { argv: string[] } | { problem: string }

/**
 * The arguments in a line: white space parts them; '…' keeps everything, "…" all but \" and \\, and a backslash
 * the next character.
 */
export function parseArgv(line: string): ParsedArgv {
  const argv: string[] = []
  let word: string | undefined
  let quote: '"' | "'" | undefined
  for (let index = 0; index < line.length; index++) {
    const letter = line.charAt(index)
    const next = line.charAt(index + 1)
    if (quote === "'") {
      if (letter === "'") quote = undefined
      else word += letter
    } else if (letter === '\\' && (quote === undefined || next === '"' || next === '\\')) {
      if (next === '') return { problem: words.openBackslash }
      word = (word ?? '') + (next === '\n' ? '' : next)
      index++
    } else if (quote === '"') {
      if (letter === '"') quote = undefined
      else word += letter
    } else if (letter === '"' || letter === "'") {
      quote = letter
      word ??= ''
    } else if (/\s/.test(letter)) {
      if (word !== undefined) argv.push(word)
      word = undefined
    } else word = (word ?? '') + letter
  }
  if (quote) return { problem: words.openQuote(quote) }
  if (word !== undefined) argv.push(word)
  return { argv }
}

/** Arguments as a line that `parseArgv` and a shell read as the same arguments. */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
}

/** Whether a line holds, outside quotes, what only a shell understands: pipes, redirections, `$NAME`, `*`, `;`. */
export function looksLikeShell(line: string): boolean {
  const bare = line.replace(/'[^']*'/g, '').replace(/\\./g, '')
  return /[|&;<>`*]|\$[\w({]/.test(bare.replace(/"[^"]*"/g, (quoted) => (/\$[\w({]|`/.test(quoted) ? quoted : '')))
}
