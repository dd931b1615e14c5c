// `npm run analytics`: SQL over the lake, read-only. With `-c "SELECT …"` one answer as CSV, for scripts.
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { openPool } from '../../reckoning/open-pool.ts'
import { readPromptConfig } from './config.ts'
import { printCsv } from './print.ts'
import { runPrompt } from './repl.ts'
import { openSession, type Session } from './session.ts'

const USAGE = `Usage: npm run analytics [-- -c "SELECT …"]

  -c, --command   asks this and prints CSV; so does what comes by a pipe`

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { command: { type: 'string', short: 'c' }, help: { type: 'boolean' } } })
  if (values.help) return console.log(USAGE)
  const { LAKE_DIRECTORY: directory, DATABASE_URL: url, ANALYTICS_HISTORY: historyFile } = readPromptConfig()
  const pool = url === undefined ? undefined : openPool(url, 'usage')
  try {
    const session = await openSession(directory, pool)
    await talk(session, values.command, historyFile).finally(() => session.close())
  } finally {
    await pool?.end()
  }
}

async function talk(session: Session, command: string | undefined, historyFile: string): Promise<void> {
  const { stdin: input, stdout: output } = process
  if (command === undefined && input.isTTY) return runPrompt(session, { input, output, historyFile })
  process.once('SIGINT', () => session.cancel())
  await printCsv(await session.ask(command ?? (await text(input))), output)
}

// Whoever reads the CSV may have read enough.
process.stdout.on('error', () => process.exit(0))

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
