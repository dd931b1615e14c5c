// Free TCP ports on this machine.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the range from which systems give ports to outgoing connections, so that one stays free for a restart. */
const LOWEST = 20_000
const HIGHEST = 30_000
const ATTEMPTS = 200

/** A port of 127.0.0.1 on which nobody listens, and which this process did not give out before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST, HIGHEST)
    if (given.has(port)) continue
    given.add(port)
    if ((await listenFault('127.0.0.1', port)) === undefined) return port
  }
  throw new Error(`No free port was found on 127.0.0.1 between ${LOWEST} and ${HIGHEST}.`)
}

const given = new Set<number>()

/**
 * Makes sure that a server may listen there.
 * @throws Error that names the port and says what to do
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const fault = await listenFault(host, port)
  switch (fault) {
    case undefined:
      return
    case 'EADDRINUSE':
      throw new Error(
        `Port ${port} of ${host} is taken by another program. Choose another one: PORT=${port === 4001 ? 4002 : 4001} npm start`,
      )
    case 'EACCES':
      throw new Error(`Your user may not listen on port ${port}. Choose one from 1024 on: PORT=4000 npm start`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      throw new Error(`HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for every address.`)
    default:
      throw new Error(`Nobody can listen on ${host}, port ${port}: ${fault}`)
  }
}

/** The system's reason why nobody may listen there, or undefined where it works. */
function listenFault(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
