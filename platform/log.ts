// Structured logs: one JSON object a line on standard output.
import { type Logger, pino } from 'pino'

export type { Logger }

/** A logger whose lines carry the name of the part that writes them. */
export function createLogger(name: string, level: string): Logger {
  return pino({ name, level, redact: ['token', 'password', '*.token', '*.password', 'req.headers.authorization'] })
}
