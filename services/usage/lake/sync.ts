// What must outlast a loss of power.
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file that is whole or not there, in the place of an older one if there is one. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`
  await writeAndSync(draft, text)
  await rename(draft, path)
  await syncDirectory(dirname(path))
}

/** Writes a file and waits for the disk. */
export async function writeAndSync(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What was renamed into it stays there through a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
