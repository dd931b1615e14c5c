// `node local/with-database.ts <program> [argument…]`: runs a program of the repository with DATABASE_URL, the
// administrator's, and LAKE_DIRECTORY in its environment: those that are set, or else of the stack that runs on this machine.
import path from 'node:path'
import { databaseUrl } from '@constellation/db/database.ts'
import { readStackConfig, type StackConfig } from './config.ts'
import { runningPostgres } from './postgres/postgres.ts'
import { becomeProgram } from './run-program.ts'
import { loadSecrets } from './secrets.ts'
import { stackRuns } from './stack/leftovers.ts'
import { DATABASE } from './stack/servers.ts'

becomeProgram(async ([program, ...args]) => {
  if (program === undefined) throw new Error('Name the program to run.')
  return { program, args, env: { ...(await ofTheStack(readStackConfig(), args.includes('--help'))), ...process.env } }
}, 2)

/**
 * Where the stack of this home keeps things; nothing where none runs and the environment says where else. Its database may be the user's own.
 * @throws Error where nobody says
 */
async function ofTheStack(
  { CONSTELLATION_HOME: home, DATABASE_URL: own }: StackConfig,
  asksForHelp: boolean,
): Promise<NodeJS.ProcessEnv> {
  if (!(await stackRuns(home))) {
    if (asksForHelp || process.env.DATABASE_URL || process.env.LAKE_DIRECTORY) return {}
    throw new Error(
      'No stack runs here. Start one with npm start, or set DATABASE_URL and LAKE_DIRECTORY to those of another.',
    )
  }
  const lake = { LAKE_DIRECTORY: path.join(home, 'lake') }
  if (own !== undefined) return lake
  const adminUrl = await runningPostgres(home, (await loadSecrets(home)).postgresSuperuser)
  return adminUrl === undefined ? lake : { ...lake, DATABASE_URL: databaseUrl(adminUrl, DATABASE) }
}
