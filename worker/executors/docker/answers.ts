// Whether this machine has a Docker that can be used.
import { request } from 'node:http'

/** A daemon that takes longer, in milliseconds, is of no use now. */
const PING_MS = 3_000

/** True while a daemon answers on the socket. Asked without the client library, which a worker has no other use for. */
export function dockerAnswers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(PING_MS)
    const ping = request({ socketPath, path: '/_ping', signal }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.once('error', () => resolve(false))
    ping.end()
  })
}
