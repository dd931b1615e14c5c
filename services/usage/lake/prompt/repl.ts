// The prompt: a question ends with `;`, what was asked before comes back with the arrow keys, also the next day.
import { readFile, writeFile } from 'node:fs/promises'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { COLUMNS } from '../columns.ts'
import { printTable, schemaTable } from './print.ts'
import type { Session } from './session.ts'

const PROMPT = 'lake> '
const GOES_ON = '   -> '
const HISTORY = 500

const HELP = `A question in SQL ends with ; and may take several lines. The table is slices: a row for each GPU of a run in each hour.

  SELECT account, sum(held_us) / 3.6e9 AS gpu_hours, sum(cost) AS cost FROM slices GROUP BY ALL ORDER BY 2 DESC;

  .schema   the columns of slices, and what they mean
  .state    up to when the answers are
  .help     this
  .quit     ends, as Ctrl-D does; Ctrl-C breaks off a question`

interface Terminal {
  input: Readable
  output: Writable
  historyFile: string
}

/** Asks what is typed until its end. */
export async function runPrompt(session: Session, { input, output, historyFile }: Terminal): Promise<void> {
  const history = await readHistory(historyFile)
  const lines = createInterface({ input, output, history, historySize: HISTORY, prompt: PROMPT, completer: complete })
  const say = (text: string) => output.write(`${text}\n`)
  say(`Constellation's lake: ${session.state()}. .help says more.`)
  let typed = ''
  let asking = false
  let closed = false
  lines.on('close', () => {
    closed = true
  })
  lines.on('SIGINT', () => {
    typed = ''
    if (asking) session.cancel()
    else again(lines, typed)
  })
  again(lines, typed)
  // What is typed ahead is read to its end.
  for await (const line of lines) {
    const command = typed === '' ? line.trim() : ''
    if (command === '.quit' || command === '.exit') break
    if (command.startsWith('.')) say(answerTo(command, session))
    else typed = `${typed}${line}\n`.trimStart()
    if (typed.trimEnd().endsWith(';')) {
      asking = true
      await ask(session, typed, output)
      asking = false
      typed = ''
    }
    if (!closed) again(lines, typed)
  }
  lines.close()
  await keepHistory(historyFile, lines)
}

function again(lines: Interface, typed: string): void {
  lines.setPrompt(typed === '' ? PROMPT : GOES_ON)
  lines.prompt()
}

function answerTo(command: string, session: Session): string {
  switch (command) {
    case '.schema':
      return schemaTable()
    case '.state':
      return session.state()
    case '.help':
      return HELP
    default:
      return `There is no ${command}; .help says what there is.`
  }
}

async function ask(session: Session, sql: string, output: Writable): Promise<void> {
  const start = performance.now()
  try {
    const { shown, more } = await printTable(await session.ask(sql), output)
    const rows = more ? `the first ${shown} rows` : `${shown} ${shown === 1 ? 'row' : 'rows'}`
    output.write(`${rows}, ${Math.round(performance.now() - start)} ms\n`)
  } catch (error) {
    output.write(`${error instanceof Error ? error.message : error}\n`)
  }
}

const WORDS = [
  ...['SELECT', 'FROM', 'WHERE', 'GROUP BY', 'ORDER BY', 'LIMIT', 'DESCRIBE', 'SUMMARIZE', 'slices'],
  ...['.schema', '.state', '.help', '.quit'],
  ...COLUMNS.map(({ name }) => name),
]

function complete(line: string): [string[], string] {
  const word = /[\w.]*$/.exec(line)?.[0] ?? ''
  return [WORDS.filter((known) => known.toLowerCase().startsWith(word.toLowerCase())), word]
}

/** The newest first, as Node keeps it. */
async function readHistory(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .toReversed()
}

async function keepHistory(file: string, lines: Interface): Promise<void> {
  const kept = 'history' in lines && Array.isArray(lines.history) ? lines.history : []
  // A home that cannot be written to is no reason to end in error.
  await writeFile(file, `${kept.toReversed().join('\n')}\n`, { mode: 0o600 }).catch(() => undefined)
}
