// Has the daemon fetch an image, and tells in the run's log how that goes.
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { CannotStart } from '../execution.ts'
import { statusOf, wordsOf } from './client.ts'
import { createProgress, type PullMessage } from './progress.ts'

/** At most this often a line in the log, in milliseconds. */
const SAY_MS = 10_000
/** A registry that fails is asked again after so long, in milliseconds. */
const PAUSES_MS = [1_000, 4_000]
/** What a registry says of an image that is not there or not to be had, by whatever name the daemon passes it on. */
const REFUSAL =
  /not found|does not exist|manifest unknown|denied|unauthorized|forbidden|no such host|invalid reference|no matching manifest|name unknown/i

/**
 * Returns when the image is there. `stop` ends it early.
 * @throws CannotStart where asking again is of no use
 */
export async function pullImage(
  docker: Docker,
  image: string,
  say: (sentence: string) => void,
  stop: AbortSignal,
): Promise<void> {
  say(`The image ${image} is not on this worker yet and is being pulled.`)
  const since = performance.now()
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      await pullOnce(docker, image, say, stop)
      return say(`The image ${image} is here after ${((performance.now() - since) / 1_000).toFixed(1)} s.`)
    } catch (error) {
      stop.throwIfAborted()
      const words = wordsOf(error)
      if (isRefusal(error)) throw new CannotStart(`The image ${image} cannot be pulled: ${words}`, { cause: error })
      if (pause === undefined) throw new Error(`the image ${image} could not be pulled: ${words}`, { cause: error })
      say(`Pulling the image failed and is tried again: ${words}`)
      await delay(pause, undefined, { signal: stop })
    }
  }
}

function isRefusal(error: unknown): boolean {
  const status = statusOf(error)
  if (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429) return true
  return REFUSAL.test(wordsOf(error))
}

async function pullOnce(docker: Docker, image: string, say: (sentence: string) => void, stop: AbortSignal) {
  const stream = await docker.pull(image, { abortSignal: stop })
  const progress = createProgress()
  let said = performance.now()
  for await (const line of linesOf(stream)) {
    stop.throwIfAborted()
    const message: PullMessage = JSON.parse(line)
    const fault = message.errorDetail?.message ?? message.error
    if (fault !== undefined) throw new Error(fault)
    progress.take(message)
    if (performance.now() - said < SAY_MS) continue
    said = performance.now()
    say(progress.sentence())
  }
}

async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const bytes of stream) {
    const lines = `${rest}${typeof bytes === 'string' ? bytes : decoder.write(bytes)}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line.trim() !== '')
  }
  if (rest.trim() !== '') yield rest
}
