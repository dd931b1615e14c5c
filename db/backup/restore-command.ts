// The image's `restore <folder> [--replace] [--without-secrets]`: into the database that the environment names.
import { readRestoreConfig } from '../config.ts'
import { runRestore, type Target } from './run-restore.ts'

runRestore(process.argv.slice(2), openPlace).catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})

async function openPlace(): Promise<Target> {
  const config = readRestoreConfig()
  return {
    adminUrl: config.DATABASE_URL,
    passwords: {
      jobs: config.JOBS_DATABASE_PASSWORD,
      gpus: config.GPUS_DATABASE_PASSWORD,
      usage: config.USAGE_DATABASE_PASSWORD,
    },
    secretsKey: config.SECRETS_KEY,
    natsUrl: config.NATS_URL,
    close: async () => {},
  }
}
