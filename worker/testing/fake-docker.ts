// A Docker daemon for tests: speaks the daemon's HTTP on a socket of its own, and runs each container as a process of
// this machine. What it does not do, such as mounts and limits, it keeps for the test to look at.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { json } from 'node:stream/consumers'
import type { ContainerCreateOptions } from 'dockerode'
import { type FakeContainer, signalContainer, startContainer } from './fake-container.ts'

/** What a registry has to say of an image: a status and a message, or lines that are sent when they are there. */
type PullAnswer = { status: number; message: string } | AsyncIterable<object> | Iterable<object>

export interface FakeDocker {
  socket: string
  info: Record<string, unknown>
  images: Set<string>
  /** For each image, the answers in the order of the questions. */
  registry: Map<string, PullAnswer[]>
  /** Those that there are now, by id. */
  containers: Map<string, FakeContainer>
  /** All that were ever asked for. */
  created: ContainerCreateOptions[]
  /** While true, an end by SIGKILL is one for want of memory. */
  outOfMemory: boolean
  /** While true it takes requests and answers none. */
  silent: boolean
  /** Called with each request's method and path. */
  heard: (request: string) => void
  /** As when the daemon is killed: its containers live on. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  stop(): Promise<void>
}

export async function startFakeDocker(socket: string): Promise<FakeDocker> {
  let server: Server
  const connections = new Set<Duplex>()
  const listen = async () => {
    server = createServer((request, response) => void answer(fake, request, response))
    server.on('connection', (connection) => {
      connections.add(connection)
      connection.once('close', () => connections.delete(connection))
    })
    server.on('upgrade', (request, connection) => attach(fake, request, connection))
    await once(server.listen(socket), 'listening')
  }
  const fake: FakeDocker = {
    socket,
    info: { MemoryLimit: true, CpuCfsQuota: true, Runtimes: { runc: {} } },
    images: new Set(['test:1']),
    registry: new Map(),
    containers: new Map(),
    created: [],
    outOfMemory: false,
    silent: false,
    heard: () => undefined,
    goAway: async () => {
      for (const connection of connections) connection.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
    comeBack: listen,
    stop: async () => {
      for (const container of fake.containers.values()) signalContainer(container, 'SIGKILL')
      await fake.goAway()
    },
  }
  await listen()
  return fake
}

interface Answer {
  status: number
  body?: object
}

const refusal = (status: number, message: string): Answer => ({ status, body: { message } })

async function answer(fake: FakeDocker, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://docker')
  fake.heard(`${request.method} ${url.pathname}`)
  if (fake.silent) return
  if (url.pathname === '/images/create') return pull(fake, url.searchParams, response)
  const asked = request.method === 'POST' ? await json(request).catch(() => ({})) : {}
  const { status, body } = decide(fake, request.method ?? '', url, asked as ContainerCreateOptions)
  response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body))
}

function decide(fake: FakeDocker, method: string, url: URL, asked: ContainerCreateOptions): Answer {
  if (url.pathname === '/_ping') return { status: 200 }
  if (url.pathname === '/info') return { status: 200, body: fake.info }
  if (url.pathname === '/containers/create') return create(fake, { ...asked, name: url.searchParams.get('name') ?? '' })
  if (url.pathname === '/containers/json') return { status: 200, body: list(fake, url.searchParams) }
  const [, , id = '', verb] = url.pathname.split('/')
  const container = fake.containers.get(id)
  if (!container) return refusal(404, `No such container: ${id}`)
  if (method === 'DELETE') {
    fake.containers.delete(id)
    signalContainer(container, 'SIGKILL')
    return { status: 204 }
  }
  if (verb === 'json') return { status: 200, body: { Id: id, State: container.state } }
  if (verb === 'start') {
    startContainer(container, () => fake.outOfMemory)
    return { status: 204 }
  }
  if (verb !== 'kill') return refusal(404, 'page not found')
  if (!container.state.Running) return refusal(409, `Container ${id} is not running`)
  signalContainer(container, url.searchParams.get('signal') as NodeJS.Signals)
  return { status: 204 }
}

function create(fake: FakeDocker, options: ContainerCreateOptions): Answer {
  if (!fake.images.has(options.Image ?? '')) return refusal(404, `No such image: ${options.Image}`)
  if ([...fake.containers.values()].some((other) => other.options.name === options.name)) {
    return refusal(409, `Conflict. The container name ${options.name} is already in use`)
  }
  const id = String(fake.created.push(options)).padStart(64, '0')
  const state = { Status: 'created', Running: false, ExitCode: 0, OOMKilled: false, Pid: 0 }
  fake.containers.set(id, { id, options, attached: new Set(), child: undefined, state })
  return { status: 201, body: { Id: id, Warnings: [] } }
}

function list(fake: FakeDocker, query: URLSearchParams) {
  const { label }: { label: string[] } = JSON.parse(query.get('filters') ?? '{"label":[]}')
  return [...fake.containers.values()]
    .map(({ id, options: { Labels = {} } }) => ({ Id: id, Labels }))
    .filter(({ Labels }) => label.every((pair) => Object.entries(Labels).some((entry) => entry.join('=') === pair)))
}

function attach(fake: FakeDocker, request: IncomingMessage, connection: Duplex): void {
  const id = /^\/containers\/([^/]+)\/attach/.exec(request.url ?? '')?.[1] ?? ''
  const container = fake.containers.get(id)
  if (!container) return void connection.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
  connection.write(
    'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
  )
  connection.on('error', () => undefined)
  container.attached.add(connection)
  connection.once('close', () => container.attached.delete(connection))
}

async function pull(fake: FakeDocker, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const image = `${query.get('fromImage')}:${query.get('tag')}`
  const next = fake.registry.get(image)?.shift() ?? { status: 404, message: `manifest for ${image} not found` }
  if ('status' in next) {
    const { status, message } = next
    return void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  let failed = false
  for await (const line of next) {
    if (response.destroyed) return
    failed ||= 'error' in line
    response.write(`${JSON.stringify(line)}\r\n`)
  }
  if (!failed) fake.images.add(image)
  response.end()
}
