// `npm run backup -- <folder> [--plain]`: all that the services know, as it is now; plain files can be read, and are larger.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { backUp } from '@constellation/db/backup/back-up.ts'
import { openTheDatabase } from './databases.ts'

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { plain: { type: 'boolean', default: false } },
  })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1) throw new Error('Say where to: npm run backup -- <folder>')
  const began = performance.now()
  const tell = (line: string) => console.log(line)
  const database = await openTheDatabase('read', tell)
  try {
    const { secretsKey, adminUrl } = database
    const compression = values.plain ? 'none' : 'zstd'
    const { madeAt } = await backUp({ adminUrl, folder: path.resolve(folder), secretsKey, compression, tell })
    console.log(`The backup of ${madeAt} is in ${folder}, after ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  } finally {
    await database.close()
  }
  console.log(
    'Not in it, and to be kept apart: SECRETS_KEY, without which secrets and webhooks cannot be read, and the keys that\n' +
      'tokens are signed with (on one machine: secrets.json and issuer/ of the home). The lake is made anew from the ledger.',
  )
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
