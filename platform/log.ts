// Structured logs: one JSON object a line on standard output.
import { type Logger, pino } from 'pino'
import { workFields } from './tracing/trace.ts'

export type { Logger }

/** A logger whose lines carry the name of the part that writes them, and the request that they have to do with. */
export function createLogger(name: string, level: string): Logger {
  const redact = ['token', 'password', '*.token', '*.password', 'req.headers.authorization']
  // Line by line: pino's own way would, at the exit of a process whose reader is gone, try to write the rest for ever.
  return pino({ name, level, redact, mixin: workFields }, pino.destination({ fd: 1, sync: true }))
}
