// Reads a service's settings from the environment, once, and names every fault in one go.
import * as v from 'valibot'

/**
 * The settings that `schema` describes. Variables that are set to nothing count as not set.
 * @throws Error with one line for each variable that is missing or wrong
 */
export function readConfig<const Schema extends v.GenericSchema>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>> = process.env,
): v.InferOutput<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = v.safeParse(schema, given)
  if (result.success) return result.output
  const faults = result.issues.map((issue) => {
    const message = issue.received === 'undefined' ? 'is not set' : issue.message
    return `- ${v.getDotPath(issue) ?? 'environment'}: ${message}`
  })
  throw new Error(`The environment does not make a configuration:\n${faults.join('\n')}`)
}

/** A TCP port; 0 lets the system choose. */
export const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a port number, such as 4000'),
  v.transform(Number),
  v.maxValue(65_535, 'must be at most 65535'),
)

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`
  return v.pipe(
    v.string(),
    v.regex(/^-?\d+$/, message),
    v.transform(Number),
    v.minValue(least, message),
    v.maxValue(most, message),
  )
}

/** `true` or `false`. */
export const flag = v.pipe(
  v.picklist(['true', 'false'], 'must be true or false'),
  v.transform((value) => value === 'true'),
)

export const url = v.pipe(v.string(), v.url('must be a URL'))

/** A service's database. */
export const databaseSettings = {
  /** PostgreSQL, as the role of this service. */
  DATABASE_URL: url,
  /** Streaming replicas of it, as the same role: lists, histories and sums are read there while they have all that the primary has. */
  DATABASE_REPLICA_URL: v.optional(url),
}

export const logLevel = v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])

/** Whom spans are told to, and which share of them. */
export const traceSettings = {
  /** Whom spans are told to, over OTLP, such as `http://127.0.0.1:4318`; nobody by default. */
  OTEL_EXPORTER_OTLP_ENDPOINT: v.optional(url),
  /** Which share of all traces is told, from 0 to 1; all by default. */
  OTEL_TRACES_SAMPLER_ARG: v.optional(
    v.pipe(v.string(), v.regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a number from 0 to 1'), v.transform(Number)),
  ),
}

/** What every service reads. */
export const serviceSettings = {
  /** The address that it listens on. */
  HOST: v.optional(v.string(), '127.0.0.1'),
  /** The port that it listens on; 0 for any that is free. */
  PORT: port,
  /** NATS with JetStream: `nats://user:password@host:4222`, or `tls://`. */
  NATS_URL: url,
  /** How much of the stream of events is kept, in GiB, beside the seven days: a consumer that is away for longer misses some. 1 by default. */
  JETSTREAM_EVENTS_GIB: v.optional(wholeNumber(1, 1_024)),
  /** On how many servers of a NATS cluster each stream is kept; left out, a stream that is there stays as it is. */
  JETSTREAM_REPLICAS: v.optional(
    v.pipe(v.picklist(['1', '3', '5'], 'must be 1, 3 or 5, as most of them must agree'), v.transform(Number)),
  ),
  /** What the gateway signs its questions to services with: the same for all of them. */
  GATEWAY_SECRET: v.pipe(v.string(), v.minLength(32, 'must have at least 32 characters')),
  /** The least that is logged. */
  LOG_LEVEL: v.optional(logLevel, 'info'),
  /** Where Prometheus finds /metrics, on HOST; without it they are not told. */
  METRICS_PORT: v.optional(port),
  ...traceSettings,
}
