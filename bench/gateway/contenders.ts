// The gateways that are measured, each a process of its own over the same services.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { MAINS } from '@constellation/local/stack/stack-parts.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken, TOKEN_ISSUER } from '@constellation/local/tokens/token.ts'
import { startProgram } from './process.ts'
import { SECRET, type System } from './system.ts'

export interface Contender {
  name: string
  url: string
  pid: number
  /** Of each request; sockets send them in their first message. */
  headers: Readonly<Record<string, string>>
}

const HIVE = path.join(import.meta.dirname, 'hive')
const HIVE_BIN = 'node_modules/@graphql-hive/gateway/dist/bin.js'

/** Ours, as the stack starts it: it signs what it asks the services, and wants a token. */
export async function startOurs({ home, natsUrl, urls, lifecycle }: System): Promise<Contender> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const issuer = await loadIssuer(home)
  const started = await startProgram({
    name: 'ours',
    args: [MAINS.gateway],
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'warn',
      NATS_URL: natsUrl,
      GATEWAY_SECRET: SECRET,
      JOBS_URL: urls.jobs,
      GPUS_URL: urls.gpus,
      USAGE_URL: urls.usage,
      JWKS_FILE: issuer.jwksFile,
      TOKEN_ISSUER,
      // Counted as ever, and more than one client can ask for.
      RATE_PER_SECOND: '1000000000',
      RATE_BURST: '1000000000',
      CONNECTIONS_PER_PRINCIPAL: '1000000',
      SUBSCRIPTIONS_PER_PRINCIPAL: '1000000',
    },
    logFile: path.join(home, 'ours.log'),
    url: `${url}/live`,
  })
  lifecycle.onStop('ours', () => started.stop())
  const token = await mintToken(issuer, { subject: 'bench', role: 'admin', accounts: ['default'], ttlSeconds: 3_600 })
  return { name: 'ours', url, pid: started.pid, headers: { authorization: `Bearer ${token}` } }
}

/** Apollo's gateway behind its standalone server. It does not take subscriptions. */
export async function startApollo(system: System): Promise<Contender> {
  const version = await versionOf(import.meta.resolve('@apollo/gateway'))
  const file = await writeSupergraph(system, 'http://127.0.0.1:9')
  const main = path.join(import.meta.dirname, 'peers', 'apollo.ts')
  return await startPeer(system, `@apollo/gateway ${version}, standalone server`, (port) => [main, file, port])
}

/** Hive Gateway by its command. `eventsUrl` is where the subgraph of events answers. */
export async function startHive(system: System, eventsUrl: string, flags: readonly string[] = []): Promise<Contender> {
  const version = await versionOf(`file://${path.join(HIVE, HIVE_BIN)}`)
  const file = await writeSupergraph(system, eventsUrl)
  const name = ['Hive Gateway', version, ...flags].join(' ')
  const args = (port: string) => [HIVE_BIN, 'supergraph', file, '--host', '127.0.0.1', '--port', port, ...flags]
  return await startPeer(system, name, args, HIVE)
}

async function startPeer(
  { home, lifecycle }: System,
  name: string,
  args: (port: string) => string[],
  cwd?: string,
): Promise<Contender> {
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const logFile = path.join(home, `peer-${port}.log`)
  const started = await startProgram({ name, args: args(port), ...(cwd !== undefined && { cwd }), logFile, url })
  lifecycle.onStop(name, () => started.stop())
  return { name, url, pid: started.pid, headers: {} }
}

/** Our supergraph with the addresses of these services in it. */
async function writeSupergraph({ home, urls }: System, eventsUrl: string): Promise<string> {
  const sdl = await readFile(new URL(import.meta.resolve('@constellation/schema/generated/supergraph.graphql')), 'utf8')
  const addresses = Object.entries({ ...urls, events: eventsUrl })
  const file = path.join(home, `supergraph-${new URL(eventsUrl).port}.graphql`)
  const text = addresses.reduce((all, [name, url]) => all.replace(`"http://${name}"`, `"${url}/graphql"`), sdl)
  await writeFile(file, text)
  return file
}

/** Of the package that a module lies in. */
async function versionOf(module: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(new URL('../package.json', module), 'utf8'))
  return version
}
