// Runs a command in a container of Docker's.
import type Docker from 'dockerode'
import type { ContainerCreateOptions } from 'dockerode'
import type { Limits, RunSpec } from '../../shim/files.ts'
import { CannotStart, type Execution } from '../execution.ts'
import { heardSoon, openDocker, soon, statusOf, wordsOf } from './client.ts'
import { follow } from './follow.ts'
import { allowedMounts } from './mounts.ts'
import { containerOptions, type DaemonInfo } from './options.ts'
import { outputOf } from './output.ts'
import { pullImage } from './pull.ts'
import { removeContainer } from './remove.ts'

/** How long the daemon may take to lay out a container, in milliseconds: some copy the whole image. */
const CREATE_MS = 600_000
/** What a refusal that is no plain refusal says where the job itself, or the worker's set-up, is at fault. */
const LASTING =
  /executable file not found|no such file or directory|permission denied|not a directory|is a directory|could not select device driver|unresolvable CDI|invalid|unable to find user/i

/**
 * Starts the command; the image is pulled where it is missing. `say` tells of it in the run's log, `stop` gives it up,
 * and then no container is left.
 * @throws CannotStart
 */
export async function startContainer(
  spec: RunSpec,
  say: (sentence: string) => void,
  stop: AbortSignal,
): Promise<Execution> {
  const { container: wanted, docker: settings } = spec
  if (!wanted || !settings) throw new CannotStart('This worker runs no containers.')
  const mounts = await allowedMounts(wanted.mounts, settings.mountSources)
  try {
    const docker = await openDocker(settings.socket)
    const info: DaemonInfo = await heardSoon(docker.info(), stop)
    const missed = notEnforced(spec.limits, info)
    if (missed.length > 0 && spec.requireLimits) throw new CannotStart(missed.join(' '))
    for (const sentence of missed) say(sentence)
    const options = containerOptions(spec, wanted, settings, mounts, info)
    const container = await create(docker, options, () => pullImage(docker, wanted.image, say, stop))
    return await start(docker, container, spec, say, stop)
  } catch (error) {
    stop.throwIfAborted()
    if (!isLasting(error)) throw error
    throw new CannotStart(`The container cannot be started: ${wordsOf(error)}`, { cause: error })
  }
}

function notEnforced({ memoryMb, cpus }: Limits, info: DaemonInfo): string[] {
  return [
    ...(memoryMb !== null && info.MemoryLimit === false ? ['This machine cannot hold the run to its memory.'] : []),
    ...(cpus !== null && info.CpuCfsQuota === false ? ['This machine cannot hold the run to its processors.'] : []),
  ]
}

async function create(
  docker: Docker,
  options: ContainerCreateOptions,
  pull: () => Promise<void>,
): Promise<Docker.Container> {
  // Not given up with the run: a container of which nobody heard the id would be left.
  const attempt = () => docker.createContainer({ ...options, abortSignal: AbortSignal.timeout(CREATE_MS) })
  try {
    return await attempt()
  } catch (error) {
    if (statusOf(error) !== 404 || !/no such image/i.test(wordsOf(error))) throw error
    await pull()
    return await attempt()
  }
}

async function start(
  docker: Docker,
  container: Docker.Container,
  spec: RunSpec,
  say: (sentence: string) => void,
  stop: AbortSignal,
): Promise<Execution> {
  try {
    const output = outputOf(container)
    await output.attach(stop)
    stop.throwIfAborted()
    await container.start(soon())
    return await follow({ docker, container, output, limits: spec.limits, say })
  } catch (error) {
    await removeContainer(docker, container.id)
    throw error
  }
}

function isLasting(error: unknown): boolean {
  if (error instanceof CannotStart) return false
  const status = statusOf(error)
  if (status === undefined) return false
  return (status >= 400 && status < 500) || LASTING.test(wordsOf(error))
}
