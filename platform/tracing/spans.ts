// Spans of a trace, as they are told of and to whom.

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
