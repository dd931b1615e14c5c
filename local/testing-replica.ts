// A PostgreSQL and a streaming replica of it, for tests and measurements: both are servers of their own, that are gone afterwards.
import { execFile } from 'node:child_process'
import { appendFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { type Postgres, startPostgres } from './postgres/postgres.ts'
import { dataFolderOf } from './postgres/postgres-cluster.ts'
import { findPlace } from './postgres/postgres-place.ts'
import { makeTestHome, removeTestHome } from './testing/test-home.ts'

export interface ReplicatedPostgres {
  primary: Postgres
  /** The superuser's URL of the replica's database `postgres`. It answers, once it has been started. */
  replicaUrl: string
  /** Starts the replica, or starts it again. */
  startReplica(): Promise<void>
  stopReplica(): Promise<void>
  stop(): Promise<void>
}

const silent = () => undefined

/** Starts the primary with what `fill` has made; the replica begins as a copy of that. */
export async function startReplicated(
  password: string,
  fill: (adminUrl: string) => Promise<void>,
): Promise<ReplicatedPostgres> {
  const [home, copy] = [await makeTestHome(), await makeTestHome()]
  const ports = { primary: await freePort(), replica: await freePort() }
  const start = (of: string, port: number) => startPostgres({ home: of, password, log: silent, port })
  const first = await start(home, ports.primary)
  await fill(first.adminUrl)
  await first.stop()
  await copyData(home, copy, first.adminUrl)
  const primary = await start(home, ports.primary)
  let replica: Postgres | undefined
  return {
    primary,
    replicaUrl: first.adminUrl.replace(`:${ports.primary}/`, `:${ports.replica}/`),
    async startReplica() {
      replica = await start(copy, ports.replica)
    },
    stopReplica: async () => replica?.stop(),
    async stop() {
      await Promise.all([replica?.stop(), primary.stop()])
      await Promise.all([removeTestHome(home), removeTestHome(copy)])
    },
  }
}

/** The copy of a server that has ended follows that server from then on. */
async function copyData(from: string, to: string, adminUrl: string): Promise<void> {
  const source = await dataFolderOf(from)
  if (source === undefined) throw new Error(`${from} has no data.`)
  const place = await findPlace(to, silent)
  const data = path.join(place.folder, 'data')
  // As their owner, whom PostgreSQL runs as.
  await promisify(execFile)('cp', ['-a', source, data])
  await appendFile(path.join(data, 'postgresql.auto.conf'), `primary_conninfo = '${adminUrl}'\n`)
  await writeFile(path.join(data, 'standby.signal'), '')
}
