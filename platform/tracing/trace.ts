// What belongs together over several programs: the request that work is done for, and, where traces are told to somebody,
// the spans of its trace. Without that a span costs one comparison, and no library is loaded.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { OpenSpan, PastSpan, SpanOptions, Tracer } from './spans.ts'

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

export interface TraceSettings {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
  /** Which share of all traces is told of, from 0 to 1: all where it is left out. */
  OTEL_TRACES_SAMPLER_ARG?: number | undefined
}

const underWay = new AsyncLocalStorage<Work>()
let tracer: Tracer | undefined

/** What ends with the program: its lifecycle, which logs, and so cannot be named here. */
interface Ending {
  onStop(what: string, stop: () => Promise<unknown>): void
}

/** Tells spans from now on, where there is somebody to tell. */
export async function startTracing(service: string, settings: TraceSettings, lifecycle: Ending): Promise<void> {
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
