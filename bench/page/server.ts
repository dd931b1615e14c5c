// What the page needs around it: its files, GraphQL over HTTP, and graphql-ws, with as many events as one asks for.
import { EventEmitter, once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { repositoryRoot } from '@constellation/local/repository.ts'
import { parse } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import * as v from 'valibot'
import { WebSocketServer } from 'ws'
import { type BenchJob, makeGpus, makeJobs } from './cluster.ts'
import { openStandIn, type StandIn } from './stand-in.ts'
import { type Streamed, streamOf } from './streams.ts'

export interface BenchServer {
  url: string
  jobs: readonly BenchJob[]
  /** Sends this job, as it is now, to whoever follows the jobs. */
  tell(job: BenchJob): void
  close(): Promise<void>
}

/** Serves the built page with so many jobs and GPUs. */
export async function startBenchServer(size: { jobs: number; gpus: number }): Promise<BenchServer> {
  const graph = await openStandIn()
  const streamed = { jobs: makeJobs(size.jobs), gpus: makeGpus(size.gpus), told: new EventEmitter().setMaxListeners(0) }
  const http = createServer((request, response) => {
    serve(graph, streamed, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  const sockets = useServer(
    {
      onSubscribe(_context, _id, payload) {
        const { document, variables } = read(graph, payload)
        return { schema: graph.schema, document, variableValues: variables }
      },
      // The schema is asked for nothing: the results come made.
      subscribe: ({ document, variableValues }) => streamOf(graph, document, { ...variableValues }, streamed),
    },
    new WebSocketServer({ server: http, path: '/graphql' }),
  )
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const address = http.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    jobs: streamed.jobs,
    tell: (job) => void streamed.told.emit('job', job),
    async close() {
      await sockets.dispose()
      http.closeAllConnections()
      http.close()
    },
  }
}

async function serve(graph: StandIn, streamed: Streamed, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/graphql') {
    const { document, variables } = read(graph, await json(request))
    const answer = await graph.answer(document, variables, rootOf(streamed))
    response.writeHead(200, { 'content-type': 'application/graphql-response+json' }).end(JSON.stringify(answer))
  } else if (url.pathname === '/app/sign-in.json') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"oidc":null}')
  } else {
    const name = /\.(js|css|svg)$/.exec(url.pathname) ? url.pathname.slice('/app/'.length) : 'index.html'
    const type = TYPES[path.extname(name)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type }).end(await readFile(path.join(DIST, path.normalize(`/${name}`))))
  }
}

const DIST = path.join(repositoryRoot, 'web', 'dist')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

function rootOf({ jobs, gpus }: Streamed): object {
  return { jobs: pagesOf(jobs), gpus: pagesOf(gpus) }
}

function pagesOf(nodes: readonly unknown[]) {
  return ({ first }: { first: number }) => ({
    nodes: nodes.slice(0, first),
    pageInfo: { hasNextPage: first < nodes.length, endCursor: 'end' },
  })
}

const operation = v.object({
  query: v.optional(v.string()),
  variables: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
  extensions: v.optional(v.nullable(v.object({ persistedQuery: v.optional(v.object({ sha256Hash: v.string() })) }))),
})

/** The document that is meant, by its hash or as it stands there. */
function read(graph: StandIn, payload: unknown) {
  const { query, variables, extensions } = v.parse(operation, payload)
  const hash = extensions?.persistedQuery?.sha256Hash
  const document = (hash === undefined ? undefined : graph.byHash(hash)) ?? parse(query ?? '')
  return { document, variables: variables ?? {} }
}
