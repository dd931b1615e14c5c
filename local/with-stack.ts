// `node local/with-stack.ts <program> [argument…]`: runs a program of the repository and tells it, by options before
// the given ones, how to reach the stack that runs on this machine; nothing where none does.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readStackConfig } from './config.ts'
import { urlFile } from './home.ts'
import { becomeProgram } from './run-program.ts'
import { stackRuns } from './stack/leftovers.ts'

becomeProgram(async ([program, ...given]) => {
  if (program === undefined) throw new Error('Name the program to run.')
  const { CONSTELLATION_HOME: home } = readStackConfig()
  const options = (await stackRuns(home)) ? await stackOptions(home) : []
  return { program, args: [...options, ...given], env: process.env }
}, 1)

/** Where a stack of this home answers, who may ask it anything, and where its worker lives. */
async function stackOptions(home: string): Promise<string[]> {
  const url = (await readFile(urlFile(home), 'utf8')).trim()
  return ['--gateway', url, '--token-file', path.join(home, 'admin.token'), '--worker-home', path.join(home, 'worker')]
}
