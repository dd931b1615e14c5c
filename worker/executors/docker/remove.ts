// Ends and removes containers that nobody keeps any more.
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { openDocker, soon, statusOf } from './client.ts'
import { ofHome, ofRun, runOf } from './labels.ts'

const LONGEST_PAUSE_MS = 1_000

/** Returns when the run has no container. Waits for a daemon that is away: nobody else can tell whether it has one. */
export async function removeContainersOf(runId: string, socket: string): Promise<void> {
  for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const docker = await openDocker(socket)
      const found = await docker.listContainers({ all: true, filters: ofRun(runId), ...soon() })
      if (found.length === 0) return
      await Promise.all(found.map(({ Id }) => removeContainer(docker, Id)))
    } catch {
      // Another look follows, whatever the reason.
    }
    await delay(pause)
  }
}

/** Removes what is left of runs that this home knows nothing of. `keeps` says whether it knows one. */
export async function removeStrays(home: string, socket: string, keeps: (runId: string) => boolean): Promise<number> {
  const docker = await openDocker(socket)
  const all = await docker.listContainers({ all: true, filters: ofHome(home), ...soon() })
  const strays = all.filter(({ Labels }) => !keeps(runOf(Labels) ?? ''))
  await Promise.all(strays.map(({ Id }) => removeContainer(docker, Id)))
  return strays.length
}

/** Kills it if it runs; volumes that are the container's own go with it. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true, ...soon() })
  } catch (error) {
    const status = statusOf(error)
    // It is gone, or is about to be.
    if (status !== 404 && status !== 409) throw error
  }
}
