// The machine's own Docker, for tests, where there is one that answers.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dockerAnswers } from '../executors/docker/answers.ts'
import { openDocker } from '../executors/docker/client.ts'

/** Debian's `busybox-static` needs no library, so that it is an image by itself. */
const BUSYBOX = '/bin/busybox'
const PROGRAMS = ['sh', 'cat', 'echo', 'head', 'id', 'kill', 'ls', 'seq', 'sleep', 'env', 'tr']

export const REAL_SOCKET = process.env.DOCKER_SOCKET ?? '/var/run/docker.sock'
export const REAL_IMAGE = 'constellation-test:1'

/** True where the tests can use it. */
export async function hasRealDocker(): Promise<boolean> {
  const busybox = await access(BUSYBOX).then(
    () => true,
    () => false,
  )
  return busybox && (await dockerAnswers(REAL_SOCKET))
}

/** Makes an image of busybox, without a registry. */
export async function importImage(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'constellation-image-'))
  try {
    await mkdir(join(root, 'bin'))
    await copyFile(BUSYBOX, join(root, 'bin/busybox'))
    for (const program of PROGRAMS) await symlink('busybox', join(root, 'bin', program))
    const docker = await openDocker(REAL_SOCKET)
    const [repo, tag] = REAL_IMAGE.split(':')
    const tar = spawn('tar', ['-C', root, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const answer = await docker.importImage(tar.stdout, { repo, tag })
    await once(answer.resume(), 'end')
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

export async function removeImage(): Promise<void> {
  const docker = await openDocker(REAL_SOCKET)
  await docker.getImage(REAL_IMAGE).remove({ force: true })
}
