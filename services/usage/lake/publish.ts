// A new state of the lake takes the place of the old one: at once, whole, and only if nobody else has made one meanwhile.
import { randomBytes } from 'node:crypto'
import { link, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lake } from './fill.ts'
import { CURRENT, type LakeFile, type Manifest, manifestPath, STATES } from './manifest.ts'
import { announceState } from './of-ledger.ts'
import { push } from './share.ts'
import { goOn } from './step.ts'
import { syncDirectory, writeAndSync, writeDurably } from './sync.ts'

/** The number of the state that follows, and a name for its files that nobody else gives to theirs. */
export function nextState({ version }: Manifest): { version: number; name: string } {
  return { version: version + 1, name: `${version + 1}-${randomBytes(4).toString('hex')}` }
}

/**
 * Makes `next` the state of the lake, `written` being the files of it that are new: they must be on the disk by then.
 * Whoever reads meanwhile has one or the other. Where the lake is kept in a bucket, that decides.
 * @throws Error where there is such a version already: another process writes to this lake, and what it wrote stays; and
 * where the state before it is not of this ledger
 */
export async function publish(
  { directory, pool, bucket, reached = goOn }: Pick<Lake, 'directory' | 'pool' | 'bucket' | 'reached'>,
  next: Omit<Manifest, 'format' | 'writtenAt'>,
  written: LakeFile[],
): Promise<Manifest> {
  const ledger = await announceState(pool, next)
  reached('the state is announced')
  const state: Manifest = { ...next, ledger, format: 1, writtenAt: new Date().toISOString() }
  if (bucket && !(await push(directory, bucket, state, written))) throw taken(next.version)
  await keep(directory, state, reached)
  return state
}

/** Keeps a state whose files are in the directory. @throws Error where there is such a version already */
export async function keep(directory: string, state: Manifest, reached = goOn): Promise<void> {
  const path = manifestPath(directory, state.version)
  const draft = `${path}.${randomBytes(4).toString('hex')}.draft`
  await mkdir(join(directory, STATES), { recursive: true })
  await writeAndSync(draft, JSON.stringify(state))
  reached('the manifest is drafted')
  try {
    // Fails where there is one, which no renaming does.
    await link(draft, path)
  } catch (cause) {
    throw taken(state.version, cause)
  } finally {
    await rm(draft, { force: true })
  }
  await syncDirectory(join(directory, STATES))
  reached('the manifest is there')
  await pointTo(directory, state)
}

function taken(version: number, cause?: unknown): Error {
  return new Error(`Version ${version} of the lake was written by another process.`, { cause })
}

/** For whoever reads the lake from outside: a copy under a name that stays. */
export async function pointTo(directory: string, manifest: Manifest): Promise<void> {
  await writeDurably(join(directory, CURRENT), JSON.stringify(manifest))
}
