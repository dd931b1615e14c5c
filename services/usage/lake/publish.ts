// A new state of the lake takes the place of the old one: at once, whole, and only if nobody else has made one meanwhile.
import { randomBytes } from 'node:crypto'
import { link, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CURRENT, type Manifest, manifestPath, STATES } from './manifest.ts'
import { goOn, type Reached } from './step.ts'
import { syncDirectory, writeAndSync, writeDurably } from './sync.ts'

/** The number of the state that follows, and a name for its files that nobody else gives to theirs. */
export function nextState({ version }: Manifest): { version: number; name: string } {
  return { version: version + 1, name: `${version + 1}-${randomBytes(4).toString('hex')}` }
}

/**
 * Makes `next` the state of the lake. Its files must be on the disk by then. Whoever reads meanwhile has one or the other.
 * @throws Error where there is such a version already: another process writes to this lake, and what it wrote stays
 */
export async function publish(
  directory: string,
  next: Omit<Manifest, 'format' | 'writtenAt'>,
  reached: Reached = goOn,
): Promise<Manifest> {
  const written: Manifest = { format: 1, writtenAt: new Date().toISOString(), ...next }
  const text = JSON.stringify(written)
  const path = manifestPath(directory, next.version)
  const draft = `${path}.${randomBytes(4).toString('hex')}.draft`
  await mkdir(join(directory, STATES), { recursive: true })
  await writeAndSync(draft, text)
  reached('the manifest is drafted')
  try {
    // Fails where there is one, which no renaming does.
    await link(draft, path)
  } catch (cause) {
    throw new Error(`Version ${next.version} of the lake was written by another process.`, { cause })
  } finally {
    await rm(draft, { force: true })
  }
  await syncDirectory(join(directory, STATES))
  reached('the manifest is there')
  await pointTo(directory, written)
  return written
}

/** For whoever reads the lake from outside: a copy under a name that stays. */
export async function pointTo(directory: string, manifest: Manifest): Promise<void> {
  await writeDurably(join(directory, CURRENT), JSON.stringify(manifest))
}
