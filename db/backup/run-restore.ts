// What a restore by command does, whoever says which place it is of: rows, and then what is of another past than they.
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
  const { adminUrl, passwords, secretsKey, natsUrl } = target
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
  } finally {
    await target.close()
  }
  console.log('The backup is restored. Start the stack.')
}
