// The stack that `npm start` runs on this machine, found from the folder that one is in.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'

export interface LocalStack {
  url: string
  token: string
}

const HOME = '.constellation'

/** Looks into `home` or, where none is said, upwards from here. */
export async function findLocalStack(home: string | undefined, from = process.cwd()): Promise<LocalStack | undefined> {
  if (home !== undefined) return await readStack(path.resolve(home))
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = await readStack(path.join(folder, HOME))
    if (found || folder === path.dirname(folder)) return found
  }
}

async function readStack(home: string): Promise<LocalStack | undefined> {
  try {
    const files = [path.join(home, 'gateway.url'), path.join(home, 'admin.token')] as const
    // Somebody else's files could have jobs, and the secrets in them, sent to somebody else.
    if ((await Promise.all(files.map(isOurs))).includes(false)) return undefined
    const [url, token] = await Promise.all(files.map(async (file) => (await readFile(file, 'utf8')).trim()))
    return url && token && URL.canParse(url) ? { url: trimmed(url), token } : undefined
  } catch {
    return undefined
  }
}

async function isOurs(file: string): Promise<boolean> {
  const { uid } = await stat(file)
  return uid === 0 || uid === process.getuid?.()
}

/** A server's address without a slash at its end. */
export function trimmed(url: string): string {
  return url.replace(/\/+$/, '')
}
