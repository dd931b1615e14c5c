// `node local/with-stack.ts <program> [argument…]`: runs a program of the repository and tells it, by options before
// the given ones, how to reach the stack that runs on this machine; nothing where none does.
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { constants } from 'node:os'
import path from 'node:path'
import { readStackConfig } from './config.ts'
import { urlFile } from './home.ts'
import { stackRuns } from './leftovers.ts'
import { repositoryRoot } from './repository.ts'
import { exitOf } from './running.ts'

async function main([program, ...given]: string[]): Promise<number> {
  if (program === undefined) throw new Error('Name the program to run.')
  const { CONSTELLATION_HOME: home } = readStackConfig()
  const options = (await stackRuns(home)) ? await stackOptions(home) : []
  // A program on the same terminal gets its Ctrl-C itself, and says when it is done.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => undefined)
  const child = spawn(process.execPath, [path.resolve(repositoryRoot, program), ...options, ...given], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const { code, signal } = await exitOf(child)
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}

/** Where a stack of this home answers, who may ask it anything, and where its worker lives. */
async function stackOptions(home: string): Promise<string[]> {
  const url = (await readFile(urlFile(home), 'utf8')).trim()
  return ['--gateway', url, '--token-file', path.join(home, 'admin.token'), '--worker-home', path.join(home, 'worker')]
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  },
)
