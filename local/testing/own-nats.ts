// The NATS of a test file or a benchmark: a server of its own that is gone afterwards.
import { startNats } from '../nats/nats-server.ts'
import { makeSecrets } from '../secrets.ts'
import { makeTestHome, removeTestHome } from './test-home.ts'

export interface OwnNats {
  servicesUrl: string
  /** For a worker of the name `worker-local`. */
  workerUrl: string
  pid: number
  stop(): Promise<void>
}

/** Started in some 50 ms. */
export async function startOwnNats(): Promise<OwnNats> {
  const home = await makeTestHome()
  try {
    const nats = await startNats({ home, keys: makeSecrets().nats, log: () => {} })
    const stop = async () => {
      await nats.stop()
      await removeTestHome(home)
    }
    return { servicesUrl: nats.servicesUrl, workerUrl: nats.workerUrl, pid: nats.pid, stop }
  } catch (error) {
    await removeTestHome(home)
    throw error
  }
}
