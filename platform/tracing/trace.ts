// What belongs together over several programs: the request that work is done for, and, where traces are told to somebody,
// the spans of its trace. Without that a span costs one comparison, and no library is loaded.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Lifecycle } from '../lifecycle.ts'

/** For whom or what the work under way is done. */
export interface Work {
  /** The same in every program that has a part in answering it. */
  requestId?: string | undefined
  /** The principal. */
  user?: string | undefined
  /** The span under way, as https://www.w3.org/TR/trace-context/ writes it. */
  traceparent?: string | undefined
  /** Aborted when nobody waits for what comes of it any more. */
  gone?: AbortSignal | undefined
}

export interface SpanOptions {
  /** From which it follows; the span under way where that is left out. Without either there is no span, unless `root`. */
  parent?: string | undefined
  /** True where it begins a trace of its own where it has no parent. */
  root?: boolean
  /** What it has to do with, without following from it. */
  link?: string | undefined
  kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  attributes?: Readonly<Record<string, string | number | boolean>>
}

/** A span that is told of after its end. */
export interface PastSpan extends SpanOptions {
  /** In milliseconds since 1970. */
  from: number
  to: number
  /** As which others know it already: what `newTraceparent` gave. */
  as?: string | undefined
  failed?: boolean
}

export interface OpenSpan {
  traceparent: string
  end(failure?: unknown): void
}

/** What tells spans to somebody. */
export interface Tracer {
  open(name: string, options: SpanOptions): OpenSpan
  note(name: string, span: PastSpan): string
  newTraceparent(parent: string): string
  stop(): Promise<void>
}

export interface TraceSettings {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
  /** Which share of all traces is told of, from 0 to 1: all where it is left out. */
  OTEL_TRACES_SAMPLER_ARG?: number | undefined
}

const underWay = new AsyncLocalStorage<Work>()
let tracer: Tracer | undefined

/** Tells spans from now on, where there is somebody to tell. */
export async function startTracing(service: string, settings: TraceSettings, lifecycle: Lifecycle): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio = 1 } = settings
  if (endpoint === undefined) return
  const { openTracer } = await import('./trace-exporter.ts')
  const opened = openTracer(service, endpoint, ratio)
  tracer = opened
  lifecycle.onStop('the traces', () => opened.stop())
}

/** True where spans are told to somebody. */
export function isTracing(): boolean {
  return tracer !== undefined
}

export function currentWork(): Work | undefined {
  return underWay.getStore()
}

/** Begins what `whom` says, which may be added to while it lasts. */
export function beginWork<T>(whom: Work, work: () => T): T {
  return underWay.run(whom, work)
}

/** Does `work` for whom it says; what it does not say is as before. */
export function doFor<T>(whom: Work, work: () => T): T {
  return underWay.run({ ...underWay.getStore(), ...whom }, work)
}

/** Does `work` as a span. It fails as `work` does. */
export async function inSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const span = openSpan(name, options)
  if (!span) return await work()
  try {
    const result = await doFor({ traceparent: span.traceparent }, work)
    span.end()
    return result
  } catch (error) {
    span.end(error)
    throw error
  }
}

/** A span for the caller to end; undefined where there is none. */
export function openSpan(name: string, options: SpanOptions): OpenSpan | undefined {
  if (!tracer) return undefined
  const parent = options.parent ?? underWay.getStore()?.traceparent
  return parent === undefined && !options.root ? undefined : tracer.open(name, { ...options, parent })
}

/** Tells of a span that is over. Returns how others follow from it; undefined where there is none. */
export function noteSpan(
  name: string,
  { parent, ...span }: Omit<PastSpan, 'parent'> & { parent: string | null | undefined },
): string | undefined {
  return tracer && isTraceparent(parent) ? tracer.note(name, { ...span, parent }) : undefined
}

/** The name of a span that is yet to be told of, for those that follow from it; undefined where there will be none. */
export function newTraceparent(parent: string | null | undefined): string | undefined {
  return tracer && isTraceparent(parent) ? tracer.newTraceparent(parent) : undefined
}

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** Whether this is what it says: it comes from outside. */
export function isTraceparent(text: unknown): text is string {
  return typeof text === 'string' && TRACEPARENT.test(text)
}

/** What a logger adds to each line. */
export function workFields(): Record<string, string> {
  const work = underWay.getStore()
  if (!work) return {}
  const { requestId, user, traceparent } = work
  return {
    ...(requestId !== undefined && { requestId }),
    ...(user !== undefined && { user }),
    ...(traceparent !== undefined && { traceId: traceparent.slice(3, 35) }),
  }
}
