import { expect, test } from 'vitest'
import { cronFault, nextAfter } from './cron.ts'

const next = (cron: string, timeZone: string, after: string) =>
  nextAfter(cron, timeZone, new Date(after))?.toISOString()

test.each([
  [
    'each quarter of an hour, and not the one that has come',
    '*/15 * * * *',
    'UTC',
    '2026-11-25T00:15:00Z',
    '2026-11-25T00:30:00.000Z',
  ],
  [
    'in the time zone of the schedule',
    '0 9 * * 1-5',
    'Europe/Berlin',
    '2026-11-25T12:00:00Z',
    '2026-11-26T08:00:00.000Z',
  ],
  [
    'an hour that the clock leaves out comes late',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:30:00.000Z',
  ],
  [
    'an hour that comes twice counts once',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-10-25T00:30:00Z',
    '2026-10-26T01:30:00.000Z',
  ],
])('%s', (_, cron, timeZone, after, expected) => {
  expect(next(cron, timeZone, after)).toBe(expected)
})

test.each([
  ['a field too many', '* * * * * *', 'UTC', 'cron'],
  ['a field too few', '* * * *', 'UTC', 'cron'],
  ['a minute that no hour has', '61 * * * *', 'UTC', 'cron'],
  ['a name in place of fields', '@daily', 'UTC', 'cron'],
  ['a day that never comes', '0 0 30 2 *', 'UTC', 'cron'],
  ['an instant', '2026-01-31T12:00:00Z', 'UTC', 'cron'],
  ['a time zone that is none', '* * * * *', 'Mars/Olympus', 'timeZone'],
])('%s is a problem of its field', (_, cron, timeZone, path) => {
  expect(cronFault(cron, timeZone)?.path).toBe(path)
})
