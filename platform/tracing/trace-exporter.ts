// Spans by OpenTelemetry's own library, over OTLP. Loaded only where somebody is there to hear of them.
import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { SpanOptions, Tracer } from './spans.ts'

/** Spans wait for company this long, in milliseconds. */
const DELAY_MS = 1_000
/** Spans that wait beyond this are lost: whoever hears of them must not hold up those who work. */
const MOST_WAITING = 8_192
const STOP_LIMIT_MS = 3_000

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const

/** `endpoint` is OTLP's, without a path; `ratio` is the share of traces that are told of, from 0 to 1. */
export function openTracer(service: string, endpoint: string, ratio: number): Tracer {
  const ids = new RandomIdGenerator()
  let wanted: string | undefined
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const sampler = new TraceIdRatioBasedSampler(ratio)
  const provider = new TracerProvider({
    // What a caller says of sampling does not make us tell more: each program decides by the trace's id, and so alike.
    sampler: new ParentBasedSampler({ root: sampler, remoteParentSampled: sampler }),
    resource: resourceFromAttributes({ 'service.name': `constellation-${service}` }),
    idGenerator: {
      generateTraceId: () => ids.generateTraceId(),
      generateSpanId: () => wanted ?? ids.generateSpanId(),
    },
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: DELAY_MS, maxQueueSize: MOST_WAITING })],
  })
  const spans = provider.getTracer('constellation')

  function start(name: string, { parent, link, kind = 'internal', attributes }: SpanOptions, startTime?: number): Span {
    const linked = link === undefined ? undefined : trace.getSpanContext(contextOf(link))
    const options = {
      kind: KINDS[kind],
      ...(attributes && { attributes: { ...attributes } }),
      ...(startTime !== undefined && { startTime }),
      ...(linked && { links: [{ context: linked }] }),
    }
    return spans.startSpan(name, options, contextOf(parent))
  }

  return {
    open(name, options) {
      const span = start(name, options)
      return {
        traceparent: written(span),
        end(failure) {
          if (failure !== undefined) fail(span, failure)
          span.end()
        },
      }
    },
    note(name, { from, to, as, failed, ...options }) {
      wanted = as?.slice(36, 52)
      const span = start(name, options, from)
      wanted = undefined
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(Math.max(from, to))
      return written(span)
    },
    newTraceparent: (parent) => `${parent.slice(0, 36)}${ids.generateSpanId()}${parent.slice(52)}`,
    stop: () =>
      Promise.race([
        provider.shutdown().catch(() => {}),
        new Promise<void>((resolve) => setTimeout(resolve, STOP_LIMIT_MS).unref()),
      ]),
  }
}

function fail(span: Span, failure: unknown): void {
  if (failure instanceof Error) span.recordException(failure)
  span.setStatus({ code: SpanStatusCode.ERROR, message: failure instanceof Error ? failure.message : String(failure) })
}

function contextOf(traceparent: string | undefined): Context {
  if (traceparent === undefined) return ROOT_CONTEXT
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-')
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  return isSpanContextValid(context) ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT
}

function written(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-0${traceFlags & 1}`
}
