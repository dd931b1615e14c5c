// The commands of the repository, as people run them, on a home.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { repositoryRoot } from '@constellation/local/repository.ts'

const run = promisify(execFile)

/** @throws Error with what it printed, where it fails */
export async function runCommand(home: string, program: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, CONSTELLATION_HOME: home }
  const { stdout } = await run(process.execPath, [program, ...args], { cwd: repositoryRoot, env })
  return stdout
}
