// A cluster for tests: an API server that speaks Kubernetes' HTTP (lists, watches, logs that are followed, patches and
// foreground deletion), with as much of its controllers as a Job needs, and a node of this machine.
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import { createStore, type Store, type Stored } from './cluster-store.ts'
import { createKubelet, type Kubelet } from './fake-kubelet.ts'

interface Refusal {
  /** Of the method and the path. */
  of: RegExp
  status: number
  headers?: Record<string, string>
  message?: string
  times: number
}

export interface FakeCluster {
  /** A file that says how it is reached. */
  kubeconfig: string
  store: Store
  kubelet: Kubelet
  /** What is refused next, in place of an answer. */
  refusals: Refusal[]
  /** Every request's method and path. */
  heard: string[]
  /** Breaks off all watches and logs, in the middle. */
  breakOff(): void
  /** As when the server is killed: what runs goes on. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  stop(): Promise<void>
}

const KINDS: Readonly<Record<string, string>> = {
  jobs: 'Job',
  pods: 'Pod',
  secrets: 'Secret',
  nodes: 'Node',
  events: 'Event',
}
const PATH = /^\/(?:api\/v1|apis\/batch\/v1)(?:\/namespaces\/jobs)?\/(\w+)(?:\/([^/]+))?(?:\/(\w+))?$/
const BOOKMARK_MS = 100

export async function startFakeCluster(file: string): Promise<FakeCluster> {
  const store = createStore()
  const connections = new Set<Socket>()
  const streams = new Set<ServerResponse>()
  let server: Server
  let port = 0
  const listen = async () => {
    server = createServer((request, response) => void answer(cluster, streams, request, response))
    server.on('connection', (connection) => {
      connections.add(connection)
      connection.once('close', () => connections.delete(connection))
    })
    await once(server.listen(port, '127.0.0.1'), 'listening')
    port = (server.address() as AddressInfo).port
  }
  const cluster: FakeCluster = {
    kubeconfig: file,
    store,
    kubelet: createKubelet(store),
    refusals: [],
    heard: [],
    breakOff: () => {
      for (const stream of streams) stream.socket?.destroy()
    },
    goAway: async () => {
      for (const connection of connections) connection.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
    comeBack: listen,
    stop: async () => {
      clearInterval(bookmarks)
      cluster.kubelet.stop()
      await cluster.goAway()
    },
  }
  await listen()
  const bookmarks = setInterval(store.bookmark, BOOKMARK_MS)
  await writeFile(file, JSON.stringify(kubeconfigOf(port)))
  return cluster
}

function kubeconfigOf(port: number) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: 'secret' } }],
  }
}

async function answer(
  cluster: FakeCluster,
  streams: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://cluster')
  const heard = `${request.method} ${url.pathname}${url.searchParams.has('watch') ? '?watch' : ''}`
  cluster.heard.push(heard)
  const refusal = cluster.refusals.find(({ of, times }) => times > 0 && of.test(heard))
  if (refusal) {
    refusal.times -= 1
    return send(response, refusal.status, statusBody(refusal.status, refusal.message ?? 'refused'), refusal.headers)
  }
  if (request.headers.authorization !== 'Bearer secret') return send(response, 401, statusBody(401, 'Unauthorized'))
  const [, plural = '', name, sub] = PATH.exec(url.pathname) ?? []
  const kind = KINDS[plural]
  if (!kind) return send(response, 404, statusBody(404, 'the server could not find the requested resource'))
  if (sub === 'log' || url.searchParams.has('watch')) {
    streams.add(response)
    response.once('close', () => streams.delete(response))
  }
  if (sub === 'log') {
    if (!cluster.kubelet.sendLog(name ?? '', url.searchParams, response)) send(response, 404, statusBody(404, 'no log'))
    return
  }
  const query = url.searchParams
  if (query.has('watch')) {
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
    return cluster.store.watch(kind, query.get('labelSelector') ?? '', Number(query.get('resourceVersion')), response)
  }
  const body = request.method === 'GET' ? {} : await json(request).catch(() => ({}))
  const [status, object] = decide(cluster, request, kind, name, query, Object(body))
  send(response, status, object)
}

function decide(
  cluster: FakeCluster,
  { method, headers }: IncomingMessage,
  kind: string,
  name: string | undefined,
  query: URLSearchParams,
  body: Record<string, unknown>,
): [number, object] {
  const { store } = cluster
  if (name === undefined) {
    if (method !== 'POST') return [200, listOf(store, kind, query.get('labelSelector') ?? '')]
    const added = store.add(kind, body)
    if (!added) return [409, statusBody(409, `${kind} already exists`)]
    if (kind === 'Job') control(cluster, added)
    return [201, added]
  }
  const object = store.find(kind, name)
  if (!object) return [404, statusBody(404, `${kind} "${name}" not found`)]
  if (method === 'GET') return [200, object]
  if (method === 'PATCH') {
    if (headers['content-type'] !== 'application/merge-patch+json') return [415, statusBody(415, 'a merge patch it is')]
    store.change(object, body)
    if (kind === 'Job') control(cluster, object)
    return [200, object]
  }
  const { uid } = Object(body.preconditions)
  if (uid !== undefined && uid !== object.metadata.uid) return [409, statusBody(409, 'the UID differs')]
  if (kind === 'Pod') endPod(cluster, object, body.gracePeriodSeconds)
  else removeJob(cluster, object)
  return [200, object]
}

function listOf(store: Store, kind: string, selector: string): object {
  const metadata = { resourceVersion: store.version() }
  return { kind: `${kind}List`, apiVersion: 'v1', metadata, items: store.list(kind, selector) }
}

/** Makes the pod of a Job that is not suspended. */
function control({ store, kubelet }: FakeCluster, job: Stored): void {
  const { suspend, template } = Object(job.spec)
  if (suspend || podsOf(store, job).length > 0) return
  const metadata = {
    ...template.metadata,
    generateName: `${job.metadata.name}-`,
    ownerReferences: [{ uid: job.metadata.uid }],
  }
  const pod = store.add('Pod', { spec: template.spec, metadata, status: { phase: 'Pending' } })
  if (pod) setImmediate(() => kubelet.take(pod))
}

function podsOf(store: Store, job: Stored): Stored[] {
  return store
    .list('Pod')
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid))
}

function endPod({ store, kubelet }: FakeCluster, pod: Stored, grace: unknown): void {
  const asked = typeof grace === 'number' ? grace : Number(Object(pod.spec).terminationGracePeriodSeconds)
  // A grace can be shortened, never lengthened.
  const seconds = Math.min(asked, pod.metadata.deletionGracePeriodSeconds ?? Infinity)
  const metadata = { deletionTimestamp: new Date().toISOString(), deletionGracePeriodSeconds: seconds }
  store.change(pod, { metadata })
  kubelet.end(pod, seconds)
}

/** In the foreground: the Job stays until its pods have gone. */
function removeJob(cluster: FakeCluster, job: Stored): void {
  const { store } = cluster
  if (job.metadata.deletionTimestamp === undefined) {
    store.change(job, { metadata: { deletionTimestamp: new Date().toISOString() } })
  }
  for (const pod of podsOf(store, job)) if (!pod.metadata.deletionTimestamp) endPod(cluster, pod, undefined)
  const look = () => {
    if (podsOf(store, job).length > 0) return void setTimeout(look, 10)
    const owned = store
      .list('Secret')
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid))
    for (const secret of owned) store.remove(secret)
    store.remove(job)
  }
  look()
}

function statusBody(code: number, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message }
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
