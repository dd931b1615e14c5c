// How a process of ours starts and ends: resources are released in the reverse order of their making.
import { requireVersion } from './least-versions.ts'
import type { Logger } from './log.ts'

/** After this long a stop is cut short, in milliseconds. */
const STOP_LIMIT_MS = 15_000

/** Collects what must be undone at the end. */
export class Lifecycle {
  readonly #undo: { what: string; stop: () => Promise<unknown> | unknown }[] = []
  readonly #log: Logger
  #stopping: Promise<void> | undefined

  constructor(log: Logger) {
    this.#log = log
  }

  /** Remembers how to release something; `what` names it in the log. */
  onStop(what: string, stop: () => Promise<unknown> | unknown): void {
    this.#undo.push({ what, stop })
  }

  /** Releases everything, the newest first. A part that fails to stop is logged and does not hold up the others. */
  stop(): Promise<void> {
    this.#stopping ??= this.#releaseAll()
    return this.#stopping
  }

  async #releaseAll(): Promise<void> {
    for (const { what, stop } of this.#undo.toReversed()) {
      try {
        await stop()
      } catch (error) {
        this.#log.error({ err: error }, `could not stop ${what}`)
      }
    }
  }
}

/**
 * Runs a process's main function and ends the process on SIGTERM, on SIGINT, or with its parent where
 * `exitWithParent` says so: the parent holds the other end of standard input, which closes when it dies.
 */
export async function runMain(
  log: Logger,
  main: (lifecycle: Lifecycle) => Promise<void>,
  options: { exitWithParent: boolean },
): Promise<void> {
  const lifecycle = new Lifecycle(log)
  const end = async (why: string, code: number) => {
    log.info(`stopping: ${why}`)
    setTimeout(() => process.exit(code || 1), STOP_LIMIT_MS).unref()
    await lifecycle.stop()
    process.exit(code)
  }
  process.once('SIGTERM', () => void end('SIGTERM', 0))
  process.once('SIGINT', () => void end('SIGINT', 0))
  if (options.exitWithParent) {
    process.stdin.resume()
    process.stdin.once('close', () => void end('its parent has ended', 0))
  }
  try {
    requireVersion('Node', process.versions.node)
    await main(lifecycle)
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : 'could not start')
    await end('it could not start', 1)
  }
}
