// Structured logs: one JSON object a line on standard output.
import { type Logger, pino } from 'pino'

export type { Logger }

/** A logger whose lines carry the name of the part that writes them. */
export function createLogger(name: string, level: string): Logger {
  const redact = ['token', 'password', '*.token', '*.password', 'req.headers.authorization']
  // Line by line: pino's own way would, at the exit of a process whose reader is gone, try to write the rest for ever.
  return pino({ name, level, redact }, pino.destination({ fd: 1, sync: true }))
}
