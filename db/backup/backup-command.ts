// The image's `backup <folder> [--plain]`: of the database that the environment names.
import { readBackupConfig } from '../config.ts'
import { runBackup } from './run-backup.ts'

runBackup(process.argv.slice(2), async () => {
  const { DATABASE_URL: adminUrl, SECRETS_KEY: secretsKey } = readBackupConfig()
  return { adminUrl, secretsKey, close: async () => {} }
}).catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
