// When a schedule is due.
import { Cron } from 'croner'

/** Five fields, of which croner takes more kinds than these. */
const FIELDS = /^\S+( +\S+){4}$/
const FIELD_CHARACTERS = /^[\dA-Za-z*,/ #?-]{1,200}$/

/** What is wrong with the expression or the time zone; null where both can be read. */
export function cronFault(cron: string, timeZone: string): { path: 'cron' | 'timeZone'; message: string } | null {
  if (!isTimeZone(timeZone))
    return { path: 'timeZone', message: 'must be the name of a time zone, such as Europe/Berlin' }
  const five = { path: 'cron', message: 'must be five fields, such as 30 2 * * 1-5' } as const
  if (!FIELDS.test(cron) || !FIELD_CHARACTERS.test(cron)) return five
  try {
    return nextAfter(cron, timeZone, new Date()) ? null : { path: 'cron', message: 'never comes' }
  } catch {
    return five
  }
}

/** The first time after this one; null where none comes. @throws Error where it cannot be read */
export function nextAfter(cron: string, timeZone: string, after: Date): Date | null {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true }).nextRun(after)
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
