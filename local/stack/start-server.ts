// Starts a server that others wrote, PostgreSQL or NATS: with its output in a log file, and waited for until it serves.
import { type SpawnOptions, spawn } from 'node:child_process'
import { closeSync, fstatSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { logPath, openLog, tailOfLog } from './log-file.ts'
import { describeExit, type Exit, endChild, exitOf, type Nudge, type Running } from './running.ts'

interface Server {
  home: string
  /** Of its log. */
  name: string
  program: string
  args: readonly string[]
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>
  /** How it ends in order, and what cuts that short. */
  stop: readonly Nudge[]
  hurry: NodeJS.Signals
  /** How long it may take until it serves, in milliseconds. */
  limitMs: number
  /** Whether the process of this number serves by now; asked again and again. */
  serves(pid: number): Promise<boolean>
}

const POLL_MS = 10

/** The server once it serves, or what it said where it ended before that, or did not in time. */
export async function startServer(server: Server): Promise<{ running: Running } | { fault: string }> {
  const logFile = logPath(server.home, server.name)
  const log = openLog(logFile)
  const logFrom = fstatSync(log).size
  const child = spawn(server.program, server.args, {
    ...server.options,
    // Its own group, so that the terminal's Ctrl-C does not reach it, and its log a file, so that our end does not.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = exitOf(child)
  const lastLines = () => tailOfLog(logFile, 20, logFrom)
  const stop = () => endChild(child, exited, server.stop)
  const { pid } = child
  if (pid === undefined || !(await comesToServe(server, pid, exited))) {
    await stop()
    return { fault: lastLines().join('\n') || describeExit(await exited) }
  }
  return { running: { pid, exited, stop, hurry: () => void child.kill(server.hurry), lastLines } }
}

async function comesToServe({ serves, limitMs }: Server, pid: number, exited: Promise<Exit>): Promise<boolean> {
  const ended = exited.then(() => 'ended' as const)
  const deadline = Date.now() + limitMs
  while (Date.now() < deadline) {
    if (await serves(pid)) return true
    if ((await Promise.race([ended, delay(POLL_MS)])) === 'ended') return false
  }
  return false
}
