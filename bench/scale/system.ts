// What is measured: a whole stack, each program a process of its own, and what simulated workers need to come in.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { World } from '@constellation/e2e/testing.ts'
import { loadSecrets } from '@constellation/local/secrets.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import { makeNatsUser, publicKeyOf, toPassword } from '@constellation/platform/nats/nats-credentials.ts'
import { natsUserOf } from '@constellation/platform/nats/worker-permissions.ts'
import { databaseOf, natsOf, openWorldWithoutWork } from '../queue/stack.ts'
import type { Hired } from './simulated-worker.ts'

const LASTS_MS = 3_600_000

export interface System {
  world: World
  url: string
  adminToken: string
  adminUrl: string
  natsUrl: string
  /** The process of each program. */
  pids: Readonly<Record<string, number>>
  /** Tokens and credentials for workers of these numbers. */
  enrol(from: number, to: number): Promise<Hired[]>
  close(): Promise<void>
}

export async function openSystem(): Promise<System> {
  const world = await openWorldWithoutWork()
  const { worker: _, ...pids } = world.stack.processes()
  const natsUrl = await natsOf(world)
  return {
    world,
    url: world.stack.url,
    adminToken: world.stack.adminToken,
    adminUrl: await databaseOf(world),
    natsUrl,
    pids,
    enrol: (from, to) => enrol(world.stack.home, natsUrl, from, to),
    close: world.close,
  }
}

async function enrol(home: string, natsUrl: string, from: number, to: number): Promise<Hired[]> {
  const [issuer, { nats }] = await Promise.all([loadIssuer(home), loadSecrets(home)])
  const folder = path.join(home, 'scale')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const hired: Hired[] = []
  for (let number = from; number < to; number++) {
    const id = `scale-${number}`
    const tokenFile = path.join(folder, `${id}.token`)
    const token = await mintToken(issuer, { subject: id, role: 'worker', accounts: [], ttlSeconds: LASTS_MS / 1_000 })
    await writeFile(tokenFile, token, { mode: 0o600 })
    const account = publicKeyOf(nats.account)
    const credentials = makeNatsUser(nats.workers, { name: id, account, expiresAt: Date.now() + LASTS_MS })
    const url = Object.assign(new URL(natsUrl), { username: natsUserOf(id), password: toPassword(credentials) })
    hired.push({ id, tokenFile, natsUrl: url.href })
  }
  return hired
}
