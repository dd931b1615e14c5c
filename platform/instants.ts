// Instants from outside: of the calendar, and in a range that PostgreSQL and JavaScript both have.
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/
const END_OF_TIME = Date.UTC(9999, 0)

/** The same instant in UTC, from 1970 to 9998, or null where the text is none: the 30th of February is not. */
export function readInstant(text: string): string | null {
  const [, day] = INSTANT.exec(text) ?? []
  const time = Date.parse(text)
  if (day === undefined || !(time >= 0) || time >= END_OF_TIME) return null
  const date = new Date(`${day}T00:00:00Z`)
  const isOfCalendar = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
  return isOfCalendar ? new Date(time).toISOString() : null
}
