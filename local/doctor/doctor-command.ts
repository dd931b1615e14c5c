// `npm run doctor`: what is there, in which version, and what to do about what is not. Changes nothing; 1 where something is to be done.
import { databaseUrl } from '@constellation/db/database.ts'
import { readStackConfig, type StackConfig } from '../config.ts'
import { runningPostgres } from '../postgres/postgres.ts'
import { loadSecrets } from '../secrets.ts'
import { stackRuns } from '../stack/leftovers.ts'
import { DATABASE } from '../stack/servers.ts'
import { judge } from './judge.ts'
import { lookAtDriver, lookAtDuckDb, lookAtNats, lookAtPostgres, lookAtSchema } from './look.ts'

async function main(): Promise<boolean> {
  const config = readStackConfig()
  const database = config.DATABASE_URL ?? (await databaseOfStack(config))
  const node = { what: 'Node', found: process.versions.node, where: 'of this process', advice: 'npm install' } as const
  const findings = [
    node,
    await lookAtPostgres(database),
    await lookAtNats(config.NATS_URL),
    await lookAtDuckDb(),
    await lookAtDriver(),
  ].map(judge)
  for (const { line } of findings) console.log(line)
  const versionsFit = findings.every(({ fine }) => fine)
  if (database === undefined) console.log('– database: no stack runs here, and DATABASE_URL is not set')
  return (database === undefined || (await schemaFits(database))) && versionsFit
}

async function databaseOfStack({ CONSTELLATION_HOME: home }: StackConfig): Promise<string | undefined> {
  if (!(await stackRuns(home))) return undefined
  const server = await runningPostgres(home, (await loadSecrets(home)).postgresSuperuser)
  return server === undefined ? undefined : databaseUrl(server, DATABASE)
}

async function schemaFits(database: string): Promise<boolean> {
  try {
    const faults = await lookAtSchema(database)
    if (faults.length === 0) console.log('✓ database: of this release')
    for (const fault of faults) console.log(`✗ database, ${fault}`)
    return faults.length === 0
  } catch (error) {
    console.log(`✗ database: ${error instanceof Error ? error.message : error}`)
    return false
  }
}

main().then(
  (fine) => {
    process.exitCode = fine ? 0 : 1
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  },
)
