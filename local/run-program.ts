// A program of the repository, run in place of this one: on the same terminal, with the same end.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { repositoryRoot } from './repository.ts'
import { exitOf } from './stack/running.ts'

/** Runs it to its end, and ends this process with its exit code; `failed` where it could not be run. */
export function becomeProgram(
  start: (argv: string[]) => Promise<{ program: string; args: string[]; env: NodeJS.ProcessEnv }>,
  failed: number,
): void {
  start(process.argv.slice(2))
    .then(run)
    .then(
      (code) => {
        process.exitCode = code
      },
      (error) => {
        console.error(error instanceof Error ? error.message : error)
        process.exitCode = failed
      },
    )
}

async function run({ program, args, env }: { program: string; args: string[]; env: NodeJS.ProcessEnv }) {
  // A program on the same terminal gets its Ctrl-C itself, and says when it is done.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) process.on(signal, () => undefined)
  const child = spawn(process.execPath, [path.resolve(repositoryRoot, program), ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const { code, signal } = await exitOf(child)
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}
