// `node db/migrate-command.ts`: migrates the database of DATABASE_URL, as a step before the services are rolled out.
import { readMigrateConfig } from './config.ts'
import { migrate } from './migrate.ts'

async function main(): Promise<void> {
  const config = readMigrateConfig()
  await migrate({
    adminUrl: config.DATABASE_URL,
    passwords: {
      jobs: config.JOBS_DATABASE_PASSWORD,
      gpus: config.GPUS_DATABASE_PASSWORD,
      usage: config.USAGE_DATABASE_PASSWORD,
    },
  })
  console.log('The database is up to date.')
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
