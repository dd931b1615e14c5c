// What a backup by command does, whoever says which database it is.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { backUp } from './back-up.ts'

interface Source {
  /** Of a user who may read the tables of all services. */
  adminUrl: string
  /** What secrets are encrypted with; unknown where nobody says so. */
  secretsKey: string | undefined
  close(): Promise<void>
}

/** `words` are those behind the command: `<folder> [--plain]`. @throws Error saying why there is no backup */
export async function runBackup(
  words: readonly string[],
  open: (tell: (line: string) => void) => Promise<Source>,
): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { plain: { type: 'boolean', default: false } },
  })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1)
    throw new Error('Say where to: npm run backup -- <folder> [--plain]')
  const began = performance.now()
  const tell = (line: string) => console.log(line)
  const source = await open(tell)
  try {
    const { secretsKey, adminUrl } = source
    const compression = values.plain ? 'none' : 'zstd'
    const { madeAt } = await backUp({ adminUrl, folder: path.resolve(folder), secretsKey, compression, tell })
    console.log(`The backup of ${madeAt} is in ${folder}, after ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  } finally {
    await source.close()
  }
  console.log(
    'Not in it, and to be kept apart: SECRETS_KEY, without which secrets and webhooks cannot be read, and the keys that\n' +
      'tokens are signed with (on one machine: secrets.json and issuer/ of the home). The lake is made anew from the ledger.',
  )
}
