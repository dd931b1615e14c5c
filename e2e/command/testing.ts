// The command as a person has it: a process of its own, that knows the stack by its environment.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { onTestFinished } from 'vitest'
import type { World } from '../testing.ts'

export const COMMAND = path.join(repositoryRoot, 'terminal/constellation.mjs')

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Caller {
  /** Runs it to its end. */
  (...args: string[]): Promise<Ended>
  /** Starts it. */
  start(...args: string[]): Started
  /** The same with other variables, where undefined takes one away. */
  with(env: Record<string, string | undefined>): Caller
}

interface Started {
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves once it has written this to stdout or stderr. */
  wrote(text: string | RegExp): Promise<void>
}

/** Calls it for a stack. Its own file of sign-ins is in the stack's home. */
export function callerFor(world: World, program: readonly string[] = [process.execPath, COMMAND]): Caller {
  return callerIn(program, {
    PATH: process.env.PATH,
    HOME: world.stack.home,
    XDG_CONFIG_HOME: path.join(world.stack.home, 'config'),
    CONSTELLATION_URL: world.stack.url,
    CONSTELLATION_TOKEN: world.stack.adminToken,
  })
}

function callerIn(program: readonly string[], env: Record<string, string | undefined>): Caller {
  const start = (...args: string[]) => watch(program, args, env)
  return Object.assign((...args: string[]) => start(...args).ended, {
    start,
    with: (more: Record<string, string | undefined>) => callerIn(program, { ...env, ...more }),
  })
}

function watch(program: readonly string[], args: readonly string[], env: Record<string, string | undefined>): Started {
  const [file = '', ...before] = program
  // A folder in which no stack is found.
  const child = spawn(file, [...before, ...args], { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  const looking = new Set<() => void>()
  const look = () => {
    for (const each of [...looking]) each()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    look()
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  const wrote = (text: string | RegExp) =>
    Promise.race([
      new Promise<void>((resolve) => {
        const each = () => {
          const all = stdout + stderr
          if (typeof text === 'string' ? !all.includes(text) : !text.test(all)) return
          looking.delete(each)
          resolve()
        }
        looking.add(each)
        each()
      }),
      ended.then(({ code }) => {
        if (!(typeof text === 'string' ? (stdout + stderr).includes(text) : text.test(stdout + stderr))) {
          throw new Error(`It ended with ${code} and never wrote ${text}:\n${stdout}${stderr}`)
        }
      }),
    ])
  return { child, ended, wrote }
}

export interface OnTerminal {
  type(keys: string): void
  /** Resolves once the terminal shows it, colours left out. */
  shows(wanted: RegExp): Promise<void>
  ended: Promise<{ code: number | null; screen: string }>
}

/** The command on a terminal of 100 columns and 30 lines: `script` makes one. */
export function onTerminal(world: World, line: string): OnTerminal {
  const command = `stty cols 100 rows 30; exec '${process.execPath}' '${COMMAND}' ${line}`
  const env = {
    PATH: process.env.PATH,
    HOME: world.stack.home,
    TERM: 'xterm-256color',
    CONSTELLATION_URL: world.stack.url,
    CONSTELLATION_TOKEN: world.stack.adminToken,
  }
  const child = spawn('script', ['-qefc', command, '/dev/null'], { env, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let screen = ''
  const looking = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text
    for (const look of [...looking]) look()
  })
  return {
    type: (keys) => void child.stdin.write(keys),
    shows: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!wanted.test(stripVTControlCharacters(screen))) return
          looking.delete(look)
          resolve()
        }
        looking.add(look)
        look()
      }),
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, screen }))),
  }
}
