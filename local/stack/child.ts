// One of the stack's own programs as a process: its environment is given, its output goes to its log file.
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type LogWriter, openLogWriter } from './log-file.ts'
import { noteworthy } from './noteworthy.ts'
import { endChild, exitOf, type Running } from './running.ts'

export interface ChildOptions {
  name: string
  /** The program, a file for Node. */
  main: string
  cwd: string
  env: Readonly<Record<string, string>>
  logFile: string
  /** Hears the lines that the person at the terminal should see. */
  show(line: string): void
}

/** Longer than the programs allow themselves to stop in order. */
const STOP = [{ signal: 'SIGTERM', limitMs: 20_000 }] as const

/** How long the rest of its output may take to come: a process that it left behind may hold the pipe. In milliseconds. */
const LOG_LIMIT_MS = 500

const KEPT_LINES = 20

/** Longer lines are cut for the terminal; the log file has them whole. In characters. */
const LONGEST_LINE = 65_536

/** Starts the program. Its standard input closes with this process, which tells it to end. */
export async function startChild(options: ChildOptions): Promise<Running> {
  const log = openLogWriter(options.logFile, ({ message }) => options.show(`its log cannot be written: ${message}`))
  const child = spawn(process.execPath, [options.main], {
    cwd: options.cwd,
    env: { ...options.env, EXIT_WITH_PARENT: 'true' },
    // A group of its own: the terminal's Ctrl-C is for the stack, which ends its parts in order.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = exitOf(child)
  const last: string[] = []
  const take = (line: string) => {
    last.push(line)
    if (last.length > KEPT_LINES) last.shift()
    const text = noteworthy(line)
    if (text !== undefined) options.show(text)
  }
  copyLines(child.stdout, log, take)
  copyLines(child.stderr, log, take)
  child.stdin.on('error', () => undefined) // It is never written to; it only closes.
  const written = new Promise<void>((resolve) => child.once('close', () => void log.end().then(resolve)))
  const { pid } = child
  if (pid === undefined) throw new Error(`${options.name} cannot be started: ${process.execPath} ${options.main}`)
  return {
    pid,
    exited,
    async stop() {
      await endChild(child, exited, STOP)
      await Promise.race([written, delay(LOG_LIMIT_MS, undefined, { ref: false })])
    },
    hurry: () => void child.kill('SIGKILL'),
    lastLines: () => [...last],
  }
}

function copyLines(from: Readable, log: LogWriter, take: (line: string) => void): void {
  let rest = ''
  from.setEncoding('utf8')
  from.on('data', (text: string) => {
    // A log that cannot be written fast enough holds the program back instead of filling this process.
    if (!log.write(text, () => from.resume())) from.pause()
    const lines = (rest + text).split('\n')
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE)
    for (const line of lines) if (line.trim() !== '') take(line.slice(0, LONGEST_LINE))
  })
  from.on('end', () => rest.trim() !== '' && take(rest))
}
