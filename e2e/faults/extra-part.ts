// A process beside the stack's own: a second worker or a second jobs service. It is started again when it dies, as
// the stack's parts are.

import { repositoryRoot } from '@constellation/local/repository.ts'
import { startChild } from '@constellation/local/stack/child.ts'
import { logPath } from '@constellation/local/stack/log-file.ts'
import type { Program } from '@constellation/local/stack/stack-parts.ts'
import { supervise } from '@constellation/local/stack/supervise.ts'
import { type Edit, writeSettings } from './config.ts'
import { writeMain } from './part.ts'

export interface Extra {
  readonly pid: number | undefined
  stop(): Promise<void>
}

export interface ExtraOptions {
  home: string
  name: string
  program: Program
  env: Record<string, string>
  edits: readonly Edit[]
  /** A network namespace, if it is to run in one. */
  namespace?: string | undefined
  print(line: string): void
}

export async function startExtra({ home, name, program, env, edits, namespace, print }: ExtraOptions): Promise<Extra> {
  writeSettings(home, name, { edits: [...edits], ...(namespace !== undefined && { namespace }) })
  const main = writeMain(home, name, program)
  const logFile = logPath(home, name)
  const start = () =>
    startChild({ name, main, cwd: repositoryRoot, env, logFile, show: (line) => print(`${name}: ${line}`) })
  const supervised = await supervise({ name, start }, () => {})
  supervised.markReady()
  return {
    get pid() {
      return supervised.pid
    },
    stop: () => supervised.stop(),
  }
}
