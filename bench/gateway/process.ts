// A program of the benchmark's as a process: its environment is given, its output goes to a file.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { waitFor } from '../queue/within.ts'

interface Program {
  name: string
  /** For Node. */
  args: readonly string[]
  cwd?: string
  env?: Readonly<Record<string, string>>
  logFile: string
  /** Answers, in whatever way, once the program has started. */
  url: string
}

export interface Started {
  pid: number
  stop(): Promise<void>
}

const READY_LIMIT_SECONDS = 30
const STOP_LIMIT_MS = 5_000

/**
 * Starts the program and waits until it answers.
 * @throws Error with the end of its output where it ends or does not answer
 */
export async function startProgram({ name, args, cwd, env, logFile, url }: Program): Promise<Started> {
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, args, {
    ...(cwd !== undefined && { cwd }),
    env: { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['pipe', log, log],
  })
  // Nothing is left behind, however this process ends of itself.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} cannot be started.`)
  try {
    await waitFor(READY_LIMIT_SECONDS, `The start of ${name}`, async () => {
      if (child.exitCode !== null) throw new Error('It has ended.')
      return await answers(url)
    })
  } catch (cause) {
    kill()
    throw new Error(`${name} did not start:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`, { cause })
  }
  return { pid, stop: () => end(child) }
}

async function answers(url: string): Promise<true | undefined> {
  try {
    await (await fetch(url)).body?.cancel()
    return true
  } catch {
    return undefined // Not yet.
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const cut = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await gone
  clearTimeout(cut)
}
