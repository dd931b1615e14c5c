// Which of the machine's directories a container may see.
import { realpath } from 'node:fs/promises'
import { sep } from 'node:path'
import type { Container } from '../../shim/files.ts'
import { CannotStart } from '../execution.ts'

type Mount = Container['mounts'][number]

/**
 * The mounts with their sources as they really are: a link must not lead out of the directories in `allowed`.
 * @throws CannotStart
 */
export async function allowedMounts(mounts: readonly Mount[], allowed: readonly string[]): Promise<Mount[]> {
  if (mounts.length === 0) return []
  const roots = await Promise.all(allowed.map((path) => realpath(path).catch(() => undefined)))
  return Promise.all(
    mounts.map((mount) =>
      resolveMount(
        mount,
        roots.filter((root) => root !== undefined),
        allowed,
      ),
    ),
  )
}

async function resolveMount(mount: Mount, roots: readonly string[], allowed: readonly string[]): Promise<Mount> {
  const refuse = () => {
    const may = allowed.length === 0 ? 'no directory at all' : `only what lies in ${allowed.join(', ')}`
    return new CannotStart(`${mount.source} may not be mounted on this worker: it allows ${may}.`)
  }
  // What is outside is not even looked at, so that nobody learns what is there.
  if (!allowed.some((root) => isWithin(mount.source, root))) throw refuse()
  const source = await realpath(mount.source).catch((error: unknown) => {
    throw new CannotStart(`${mount.source} cannot be mounted: it does not exist on this worker.`, { cause: error })
  })
  if (!roots.some((root) => isWithin(source, root))) throw refuse()
  return { ...mount, source }
}

function isWithin(path: string, root: string): boolean {
  if (path.split(sep).includes('..')) return false
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}
