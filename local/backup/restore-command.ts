// `npm run restore -- <folder> [--replace] [--without-secrets]`: a backup becomes the database of a stack that does not run.
import { runRestore } from '@constellation/db/backup/run-restore.ts'
import { openTheDatabase } from './databases.ts'

runRestore(process.argv.slice(2), (tell) => openTheDatabase('replace', tell)).catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
