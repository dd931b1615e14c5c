import { onceUsed } from './once-used.ts'

const format = onceUsed(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }))

/** An instant of ISO 8601 to the minute, in the reader's zone. */
export function toTheMinute(at: string): string {
  return format().format(new Date(at))
}
