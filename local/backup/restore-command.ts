// `npm run restore -- <folder> [--replace] [--without-secrets]`: a backup becomes the database of a stack that does not run.
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { restore } from '@constellation/db/backup/restore.ts'
import { openTheDatabase } from './databases.ts'
import { forgetMessages } from './forget-messages.ts'

const USAGE = 'Say from where: npm run restore -- <folder> [--replace] [--without-secrets]'

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, 'without-secrets': { type: 'boolean', default: false } },
  })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1) throw new Error(USAGE)
  const tell = (line: string) => console.log(line)
  const database = await openTheDatabase('replace', tell)
  const { adminUrl, passwords, secretsKey, natsUrl, lake } = database
  try {
    await restore({
      adminUrl,
      passwords,
      secretsKey,
      folder: path.resolve(folder),
      replace: values.replace,
      withoutSecrets: values['without-secrets'],
      tell,
    })
    if (natsUrl === undefined) console.log('Still to be done: delete the streams EVENTS and LOGS of NATS.')
    else await forgetMessages(natsUrl)
    if (lake === undefined) console.log('Still to be done: empty the directory of the lake, and its bucket.')
    else await emptyFolder(lake)
  } finally {
    await database.close()
  }
  console.log('The backup is restored. Start the stack.')
}

/** Its files are of another database, whatever they are called; the service makes them anew. */
async function emptyFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => [])
  await Promise.all(entries.map((entry) => rm(path.join(folder, entry), { recursive: true })))
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
