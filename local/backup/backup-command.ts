// `npm run backup -- <folder> [--plain]`: all that the services know, as it is now; plain files can be read, and are larger.
import { runBackup } from '@constellation/db/backup/run-backup.ts'
import { openTheDatabase } from './databases.ts'

runBackup(process.argv.slice(2), (tell) => openTheDatabase('read', tell)).catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
