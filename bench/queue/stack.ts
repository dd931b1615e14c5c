// Whole stacks for the benchmarks that go through the gateway, and what lies behind one of them.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openWorld, type World } from '@constellation/e2e/testing.ts'
import { natsUrls } from '@constellation/local/nats/nats-server.ts'
import { dataFolderOf, SUPERUSER } from '@constellation/local/postgres/postgres-cluster.ts'
import { loadSecrets } from '@constellation/local/secrets.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'

/** A stack whose own worker is there, as its health needs it, and takes nothing. */
export async function openWorldWithoutWork(): Promise<World> {
  // The stack passes it on to the worker.
  process.env.CPU_SLOTS = '0'
  try {
    return await openWorld({ CONSTELLATION_SIMULATED_GPUS: '0' })
  } finally {
    delete process.env.CPU_SLOTS
  }
}

/** The superuser's URL of the stack's database. */
export async function databaseOf({ stack: { home } }: World): Promise<string> {
  const data = await dataFolderOf(home)
  if (data === undefined) throw new Error('The stack has no data of its own.')
  const port = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')[3]
  const { postgresSuperuser } = await loadSecrets(home)
  return `postgres://${SUPERUSER}:${postgresSuperuser}@127.0.0.1:${port}/constellation`
}

/** The URL of the stack's NATS for whoever may say everything: the worker's own is for a worker of one name. */
export async function natsOf({ stack: { home } }: World): Promise<string> {
  const config = await readFile(path.join(home, 'nats', 'nats.conf'), 'utf8')
  const address = /listen: "([^"]+)"/.exec(config)?.[1]
  const { nats } = await loadSecrets(home)
  return natsUrls(nats, Number(address?.split(':').at(-1))).services
}

/** A token for a worker of this name. */
export async function workerToken({ stack: { home } }: World, worker: string): Promise<string> {
  return mintToken(await loadIssuer(home), { subject: worker, role: 'worker', accounts: [], ttlSeconds: 86_400 })
}
