// What a restore by command does, whoever says which place it is of: rows, and then what is of another past than they.
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Service } from '../services.ts'
import { forgetMessages } from './forget-messages.ts'
import { restore } from './restore.ts'

export interface Target {
  /** The administrator's. */
  adminUrl: string
  /** What the services' roles get. */
  passwords: Readonly<Record<Service, string>>
  /** What secrets are encrypted with; unknown where nobody says so. */
  secretsKey: string | undefined
  /** Of the NATS whose streams belong to this database, where it is known. */
  natsUrl: string | undefined
  /** Where the files of the lake are, likewise. */
  lake: string | undefined
  close(): Promise<void>
}

const USAGE = 'Say from where: npm run restore -- <folder> [--replace] [--without-secrets]'

/** `words` are those behind the command. @throws Error saying why nothing was restored, or what is left to be done */
export async function runRestore(
  words: readonly string[],
  open: (tell: (line: string) => void) => Promise<Target>,
): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, 'without-secrets': { type: 'boolean', default: false } },
  })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1) throw new Error(USAGE)
  const tell = (line: string) => console.log(line)
  const target = await open(tell)
  const { adminUrl, passwords, secretsKey, natsUrl, lake } = target
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
    if (natsUrl !== undefined) {
      tell('The rows are there. Streams of NATS are deleted, as soon as it answers.')
      await forgetMessages(natsUrl)
    } else tell('Still to be done: delete the streams EVENTS and LOGS of NATS.')
    if (lake !== undefined) await emptyFolder(lake)
    else tell('Still to be done: empty the directory of the lake, and its bucket.')
  } finally {
    await target.close()
  }
  console.log('The backup is restored. Start the stack.')
}

/** Its files are of another database, whatever they are called; the service makes them anew. */
async function emptyFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => [])
  await Promise.all(entries.map((entry) => rm(path.join(folder, entry), { recursive: true })))
}
