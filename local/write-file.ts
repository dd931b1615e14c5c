// Files that are there whole or not at all, whenever the machine stops.
import { randomBytes } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'

/** Replaces the file in one move, after its content has reached the disk. `mode` is such as 0o600. */
export async function writeFileAtomically(file: string, content: string, mode: number): Promise<void> {
  await throughDraft(file, content, mode, (draft) => rename(draft, file))
}

/**
 * Makes the file, unless it is there already.
 * @returns false where it was
 */
export async function createFileAtomically(file: string, content: string, mode: number): Promise<boolean> {
  try {
    await throughDraft(file, content, mode, (draft) => link(draft, file))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function throughDraft(
  file: string,
  content: string,
  mode: number,
  publish: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const handle = await open(draft, 'wx', mode)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await publish(draft)
  } finally {
    await rm(draft, { force: true })
  }
}
