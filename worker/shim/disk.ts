// Small files that can be replaced even when the disk is full: each has a spare of its own, made while there was room.
import { link, open, rename, unlink, writeFile } from 'node:fs/promises'

/** A block of every usual file system: as much as a small file takes anyway, and more than any of ours has. */
const SPARE_BYTES = 4_096
const FULL = new Set(['ENOSPC', 'EDQUOT'])

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && FULL.has(error.code)
}

/** For what may go without being written down. */
export function unlessDiskIsFull(error: unknown): void {
  if (!isDiskFull(error)) throw error
}

/** Takes the room for later writes of these files. */
export async function reserveRoom(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => writeFile(spareOf(path), ' '.repeat(SPARE_BYTES), { mode: 0o600 })))
}

let drafts = 0

/** Replaces a file so that a reader sees either the old one or the whole new one, which may end in blanks. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.${drafts++}.new`
  try {
    await writeFile(draft, text, { mode: 0o600 })
    await rename(draft, path)
  } catch (error) {
    await unlink(draft).catch(() => undefined)
    if (!isDiskFull(error)) throw error
    await replaceBySpare(path, text, error)
  }
}

/** The spare takes the file's place, and the old file becomes the spare: not a block is taken or given back. */
async function replaceBySpare(path: string, text: string, full: unknown): Promise<void> {
  const bytes = Buffer.from(text)
  if (bytes.length > SPARE_BYTES) throw full
  const spare = spareOf(path)
  try {
    await overwrite(spare, Buffer.concat([bytes, Buffer.alloc(SPARE_BYTES - bytes.length, ' ')]))
  } catch {
    // It was needed before, for a file that had none to give in return.
    throw full
  }
  const old = `${path}.old`
  await unlink(old).catch(() => undefined)
  const hadOld = await link(path, old).then(
    () => true,
    () => false,
  )
  await rename(spare, path)
  if (hadOld) await rename(old, spare)
}

async function overwrite(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.write(bytes, 0, bytes.length, 0)
  } finally {
    await file.close()
  }
}

function spareOf(path: string): string {
  return `${path}.spare`
}
