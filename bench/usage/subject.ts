// The usage service itself as a process of its own, which answers without the gateway's signature; NATS is beside it.
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { MAINS } from '@constellation/local/stack/stack-parts.ts'
import { startOwnNats } from '@constellation/local/testing/own-nats.ts'
import { startProgram } from '../gateway/process.ts'
import type { Dataset } from './dataset.ts'

const OPEN_SERVICES = path.join(import.meta.dirname, '..', 'gateway', 'open-services.ts')

export interface Subject {
  /** Its graph is below. */
  url: string
  pid: number
  natsUrl: string
}

/** Starts the service on the ledger and its lake; it ends when `holdings` are released. */
export async function startSubject(
  { url: databaseUrl, directory }: Dataset,
  holdings: AsyncDisposableStack,
): Promise<Subject> {
  const nats = await startOwnNats()
  holdings.defer(() => nats.stop())
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const service = await startProgram({
    name: 'usage',
    args: ['--import', OPEN_SERVICES, MAINS.usage],
    env: {
      DATABASE_URL: databaseUrl,
      NATS_URL: nats.servicesUrl,
      LAKE_DIRECTORY: directory,
      GATEWAY_SECRET: 'a secret that only this benchmark knows, long enough',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    logFile: path.join(directory, '..', 'usage.log'),
    url: `${url}/health`,
  })
  holdings.defer(() => service.stop())
  return { url, pid: service.pid, natsUrl: nats.servicesUrl }
}
