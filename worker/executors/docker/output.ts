// What a container prints, as two streams that outlive the connection to the daemon.
import { PassThrough, type Readable } from 'node:stream'
import type Docker from 'dockerode'
import { heardSoon } from './client.ts'
import { demultiplex } from './demultiplex.ts'

/** How much of stderr counts as little, in characters: the container's init names a program, which may be long. */
const LITTLE = 5_000

export interface Output {
  stdout: Readable
  stderr: Readable
  /** Begins to read, or reads on over another connection; `stop` gives that up. */
  attach(stop?: AbortSignal): Promise<void>
  /** Returns when what was last attached has ended, or broken off. */
  detached(): Promise<void>
  /** All of stderr if that was little, else nothing. */
  littleStderr(): string
  /** Nothing more will come. */
  close(): void
}

export function outputOf(container: Docker.Container): Output {
  let little: string | undefined = ''
  const stdout = new PassThrough()
  const stderr = new PassThrough({
    transform: (bytes: Buffer, _, done) => {
      if (little !== undefined) little = little.length + bytes.length > LITTLE ? undefined : little + bytes
      done(null, bytes)
    },
  })
  let reading = Promise.resolve()
  return {
    stdout,
    stderr,
    attach: async (stop) => {
      const asked = container.attach({ stream: true, stdout: true, stderr: true, hijack: true })
      const stream: unknown = await heardSoon(asked, stop)
      // Read from here on, without a pause: the end of a connection that nobody reads would go unnoticed.
      reading = demultiplex(stream as Readable, { stdout, stderr })
    },
    detached: () => reading,
    littleStderr: () => little ?? '',
    close: () => {
      stdout.end()
      stderr.end()
    },
  }
}
