// Hears spans over OTLP in this process, in place of Tempo or Jaeger.
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import * as v from 'valibot'

const value = v.union([
  v.object({ stringValue: v.string() }),
  v.object({ intValue: v.union([v.string(), v.number()]) }),
  v.object({ doubleValue: v.number() }),
  v.object({ boolValue: v.boolean() }),
  v.record(v.string(), v.unknown()),
])
const attributes = v.optional(v.array(v.object({ key: v.string(), value })), [])
const nanos = v.pipe(v.union([v.string(), v.number()]), v.transform(Number))

/** https://opentelemetry.io/docs/specs/otlp/, as far as it is read here. */
const exported = v.object({
  resourceSpans: v.array(
    v.object({
      resource: v.object({ attributes }),
      scopeSpans: v.array(
        v.object({
          spans: v.array(
            v.object({
              traceId: v.string(),
              spanId: v.string(),
              parentSpanId: v.optional(v.string()),
              name: v.string(),
              startTimeUnixNano: nanos,
              endTimeUnixNano: nanos,
              status: v.optional(v.object({ code: v.optional(v.number()) })),
            }),
          ),
        }),
      ),
    }),
  ),
})

export interface Span {
  service: string
  name: string
  traceId: string
  id: string
  /** Undefined for the first of a trace. */
  parent: string | undefined
  /** In milliseconds since 1970. */
  from: number
  to: number
  failed: boolean
}

export interface Receiver {
  /** What OTEL_EXPORTER_OTLP_ENDPOINT is to be. */
  url: string
  /** All that has come so far. */
  spans(): readonly Span[]
  close(): void
}

const FAILED = 2

/** Listens on a free port of 127.0.0.1. */
export async function openReceiver(): Promise<Receiver> {
  const spans: Span[] = []
  const server = createServer((request, response) => {
    read(request).then(
      (heard) => {
        spans.push(...heard)
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
      },
      () => response.writeHead(400).end(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () => spans,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function read(request: IncomingMessage): Promise<Span[]> {
  const { resourceSpans } = v.parse(exported, await json(request))
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const named = resource.attributes.find(({ key }) => key === 'service.name')?.value
    const service = named && 'stringValue' in named ? String(named.stringValue) : 'unknown'
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(
        (span): Span => ({
          service,
          name: span.name,
          traceId: span.traceId,
          id: span.spanId,
          parent: span.parentSpanId || undefined,
          from: span.startTimeUnixNano / 1e6,
          to: span.endTimeUnixNano / 1e6,
          failed: span.status?.code === FAILED,
        }),
      ),
    )
  })
}
