// The command `constellation`: finds out which of its commands is meant, and ends with its exit code.
import { readArguments, suggestion, type Typed } from './arguments.ts'
import { type Call, COMMON_OPTIONS, type Command } from './command.ts'
import { commands } from './commands.ts'
import { EXIT, Failure, misused } from './failure.ts'

// Whoever has read enough, such as head, closes the pipe.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed))
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  async (error: unknown) => {
    process.exitCode = await tell(error)
  },
)

async function main(args: readonly string[]): Promise<number> {
  const { before, word, after } = split(args)
  if (word === '__complete') {
    const { complete } = await import('./completion/complete.ts')
    return await print((await complete(after, commands)).join('\n'))
  }
  if (word === undefined && args.some((arg) => arg === '--version' || arg === '-V')) {
    const { VERSION } = await import('./version.ts')
    return await print(`constellation ${VERSION}`)
  }
  if (word === undefined || word === 'help') return await help(after[0], before)
  const name = commands.nameOf(word)
  const command = commands.find(word)
  if (!name || !command) throw misused(`There is no command ${word}.${suggestion(word, commands.names())}`)
  return await call(name, command, [...before, ...after])
}

/** What stands before the command is an option of every command. */
function split(args: readonly string[]): { before: string[]; word: string | undefined; after: string[] } {
  let at = 0
  while (args[at]?.startsWith('-')) {
    const name = args[at]?.slice(2) ?? ''
    at += Object.hasOwn(COMMON_OPTIONS, name) && COMMON_OPTIONS[name]?.value !== undefined ? 2 : 1
  }
  return { before: args.slice(0, at), word: args[at], after: args.slice(at + 1) }
}

async function call(name: string, command: Command, args: readonly string[]): Promise<number> {
  const typed = readArguments(args, { ...command, options: { ...command.options, ...COMMON_OPTIONS } })
  if (typed.flags.has('help')) return await help(name, [])
  if (!command.program) requireWords(name, command, typed)
  const made: Call = {
    name,
    typed,
    json: typed.flags.has('json'),
    open: async () => {
      const { openSession } = await import('./server/session.ts')
      return await openSession({ url: typed.values.get('url')?.[0], context: typed.values.get('context')?.[0] })
    },
  }
  const { run } = await command.load()
  return await run(made)
}

function requireWords(name: string, { words: [least, most] = [0, 0], takes = '' }: Command, { words }: Typed): void {
  if (words.length >= least && words.length <= most) return
  throw misused(`Usage: constellation ${name} [OPTION…] ${takes}\n"constellation help ${name}" says more.`)
}

async function help(word: string | undefined, before: readonly string[]): Promise<number> {
  const { helpOf, overview } = await import('./help.ts')
  if (word === undefined) {
    const [unknown] = before.filter((arg) => arg !== '-h' && arg !== '--help')
    if (unknown !== undefined) throw misused(`Name a command: constellation COMMAND ${unknown}`)
    return await print(overview(commands))
  }
  const name = commands.nameOf(word)
  const command = commands.find(word)
  if (!name || !command) throw misused(`There is no command ${word}.${suggestion(word, commands.names())}`)
  return await print(helpOf(name, command))
}

async function print(text: string): Promise<number> {
  if (text !== '') process.stdout.write(`${text}\n`)
  return EXIT.done
}

/** One sentence; of a fault of ours, where it was. */
async function tell(error: unknown): Promise<number> {
  if (error instanceof Failure) {
    const { plain } = await import('./view/text.ts')
    for (const line of error.message.split('\n')) process.stderr.write(`${/^ */.exec(line)?.[0] ?? ''}${plain(line)}\n`)
    return EXIT[error.kind]
  }
  process.stderr.write(`constellation has failed: ${error instanceof Error ? error.stack : error}\n`)
  return EXIT.failed
}
