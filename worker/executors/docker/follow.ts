// Follows a container that has been started, to its end and removal.
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { uptimeMs } from '../../clock.ts'
import type { Limits, ProcessIdentity } from '../../shim/files.ts'
import type { Execution, Exit } from '../execution.ts'
import { identify, isAlive, sendSignal } from '../process-tree.ts'
import { soon, statusOf, wordsOf } from './client.ts'
import { type ContainerEnd, exitOf } from './exit.ts'
import type { Output } from './output.ts'
import { removeContainer } from './remove.ts'

/** Between two looks at a container whose output has ended, in milliseconds: at first, and later on. */
const LOOK_MS = { first: 5, longest: 1_000 }
/** A daemon that is away may know how a container has ended; so long it is waited for, in milliseconds. */
const DAEMON_BACK_MS = 20_000
/** A kill that shows no effect is sent again after so long. */
const KILL_AGAIN_MS = 500

/** A container that runs. */
export interface Started {
  docker: Docker
  container: Docker.Container
  /** Attached before the start, so that nothing of it is missed. */
  output: Output
  limits: Limits
  /** Tells of it in the run's log. */
  say(sentence: string): void
}

export async function follow(started: Started): Promise<Execution> {
  const { docker, container, output, say } = started
  const init = await findInit(container)
  let over = false
  const exited = (async (): Promise<Exit> => {
    const end = await untilEnded(started, init)
    over = true
    output.close()
    await removeContainer(docker, container.id).catch((error) =>
      say(`The container could not be removed: ${wordsOf(error)}`),
    )
    return exitOf({ ...end, littleStderr: output.littleStderr() }, started.limits)
  })()
  const signalDirectly = (name: NodeJS.Signals) => init && isAlive(init) && sendSignal(init.pid, name)
  const signal = (name: NodeJS.Signals) => {
    container.kill({ signal: name, ...soon() }).catch((error) => statusOf(error) ?? signalDirectly(name))
  }
  return {
    place: { container: container.id },
    stdout: output.stdout,
    stderr: output.stderr,
    exited,
    living: () => (over ? 0 : 1),
    warn: (name) => {
      signal(name)
      return true
    },
    terminate: () => signal('SIGTERM'),
    kill: async () => {
      while (!over) {
        signal('SIGKILL')
        // With its first process all of a container ends, also while the daemon does not answer.
        signalDirectly('SIGKILL')
        await Promise.race([exited, delay(KILL_AGAIN_MS)])
      }
    },
  }
}

/** Reads the output until it ends and the container has; reads on where the daemon, or the connection, had gone away. */
async function untilEnded(
  { container, output, say }: Started,
  init: ProcessIdentity | undefined,
): Promise<Omit<ContainerEnd, 'littleStderr'>> {
  let awaySince: number | undefined
  for (let pause = LOOK_MS.first; ; pause = Math.min(pause * 2, LOOK_MS.longest)) {
    await output.detached()
    try {
      const { State } = await container.inspect(soon())
      if (!State.Running) return { state: State, daemonWasAway: awaySince !== undefined }
      // The daemon closes the output a moment before it knows of the end, so the container is given some time.
      if (pause === LOOK_MS.longest) {
        await output.attach()
        if (awaySince !== undefined) say('Docker answers again. What was printed meanwhile may be missing here.')
        pause = LOOK_MS.first
      }
    } catch (error) {
      const gone = { state: undefined, daemonWasAway: awaySince !== undefined }
      if (statusOf(error) === 404) return gone
      if (awaySince === undefined) say(`Docker does not answer, and is asked until it does: ${wordsOf(error)}`)
      awaySince ??= uptimeMs()
      if (init && !isAlive(init) && uptimeMs() > awaySince + DAEMON_BACK_MS) return gone
    }
    await delay(pause)
  }
}

/** The container's first process, where the daemon is of this machine and says so truly. */
async function findInit(container: Docker.Container): Promise<ProcessIdentity | undefined> {
  try {
    const { State } = await container.inspect(soon())
    const groups = readFileSync(`/proc/${State.Pid}/cgroup`, 'utf8')
    return groups.includes(container.id) ? identify(State.Pid) : undefined
  } catch {
    // It has ended already, or is out of sight: then the daemon alone can end it.
    return undefined
  }
}
