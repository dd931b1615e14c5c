// Follows a container that has been started, to its end and removal.
import { readFileSync } from 'node:fs'
import { PassThrough, type Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { ProcessIdentity, RunSpec } from '../../shim/files.ts'
import type { Execution, Exit } from '../execution.ts'
import { identify, isAlive, sendSignal } from '../process-tree.ts'
import { soon, statusOf, wordsOf } from './client.ts'
import { demultiplex, type Sinks } from './demultiplex.ts'
import { type ContainerEnd, exitOf } from './exit.ts'
import { removeContainer } from './remove.ts'

/** Between two looks at a container whose output has ended, in milliseconds: at first, and later on. */
const LOOK_MS = { first: 5, longest: 1_000 }
/** A kill that shows no effect is sent again after so long. */
const KILL_AGAIN_MS = 500
/** How much of stderr counts as little, in characters: the container's init names a program, which may be long. */
const LITTLE = 5_000

/** `output` is what was attached before the start, `attach` attaches once more. */
export async function follow(
  docker: Docker,
  container: Docker.Container,
  output: Readable,
  attach: () => Promise<Readable>,
  spec: RunSpec,
  say: (sentence: string) => void,
): Promise<Execution> {
  const stderr = keepLittle()
  const sinks = { stdout: new PassThrough(), stderr: stderr.stream }
  let over = false
  const exited = (async (): Promise<Exit> => {
    const end = await untilEnded(container, output, attach, sinks, say)
    over = true
    sinks.stdout.end()
    sinks.stderr.end()
    await removeContainer(docker, container.id).catch((error) =>
      say(`The container could not be removed: ${wordsOf(error)}`),
    )
    return exitOf({ ...end, littleStderr: stderr.text() }, spec.limits)
  })()
  const init = await findInit(container)
  const signal = (name: NodeJS.Signals) => void container.kill({ signal: name, ...soon() }).catch(() => undefined)
  return {
    place: { container: container.id },
    ...sinks,
    exited,
    living: () => (over ? 0 : 1),
    signal,
    terminate: () => signal('SIGTERM'),
    kill: async () => {
      while (!over) {
        signal('SIGKILL')
        // With its first process all of a container ends, also when there is no daemon to ask.
        if (init && isAlive(init)) sendSignal(init.pid, 'SIGKILL')
        await Promise.race([exited, delay(KILL_AGAIN_MS)])
      }
    },
  }
}

/** Reads the output until it ends and the container has; reads on where the daemon, or the connection, had gone away. */
async function untilEnded(
  container: Docker.Container,
  output: Readable,
  attach: () => Promise<Readable>,
  sinks: Sinks,
  say: (sentence: string) => void,
): Promise<Omit<ContainerEnd, 'littleStderr'>> {
  let daemonWasAway = false
  let reading = demultiplex(output, sinks)
  for (let pause = LOOK_MS.first; ; pause = Math.min(pause * 2, LOOK_MS.longest)) {
    await reading
    try {
      const { State } = await container.inspect(soon())
      if (!State.Running) return { state: State, daemonWasAway }
      // The daemon closes the output a moment before it knows of the end, so the container is given some time.
      if (pause === LOOK_MS.longest) {
        reading = demultiplex(await attach(), sinks)
        if (daemonWasAway) say('Docker answers again. What was printed meanwhile may be missing here.')
        pause = LOOK_MS.first
      }
    } catch (error) {
      if (statusOf(error) === 404) return { state: undefined, daemonWasAway }
      if (!daemonWasAway) say(`Docker does not answer, and is asked until it does: ${wordsOf(error)}`)
      daemonWasAway = true
    }
    await delay(pause)
  }
}

/** Lets everything pass, and remembers it as long as it is little. */
function keepLittle() {
  let little: string | undefined = ''
  const stream = new PassThrough({
    transform: (bytes: Buffer, _, done) => {
      if (little !== undefined) little = little.length + bytes.length > LITTLE ? undefined : little + bytes
      done(null, bytes)
    },
  })
  return { stream, text: () => little ?? '' }
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
