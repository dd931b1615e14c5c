// The image's entry point: its first argument says what of Constellation this container is.

/** The file that runs for each command, in the repository. */
export const COMMANDS = {
  gateway: 'gateway/main.ts',
  jobs: 'services/jobs/main.ts',
  gpus: 'services/gpus/main.ts',
  usage: 'services/usage/main.ts',
  worker: 'worker/main.ts',
  migrate: 'db/migrate-command.ts',
  'await-schema': 'db/await-schema-command.ts',
  backup: 'db/backup/backup-command.ts',
  restore: 'db/backup/restore-command.ts',
  reconcile: 'services/usage/reckoning/reconcile-command.ts',
  rebuild: 'services/usage/reckoning/rebuild-command.ts',
  keeper: 'worker/executors/kubernetes/keeper/main.ts',
} as const

export type Command = keyof typeof COMMANDS

export function isCommand(word: string | undefined): word is Command {
  return word !== undefined && Object.hasOwn(COMMANDS, word)
}

if (import.meta.main) {
  // What is behind it is the program's own.
  const [command] = process.argv.splice(2, 1)
  if (isCommand(command)) await import(new URL(`../../${COMMANDS[command]}`, import.meta.url).href)
  else {
    console.error(`Say what this container is: ${Object.keys(COMMANDS).join(', ')}.`)
    process.exitCode = 64
  }
}
