import { expect, test } from 'vitest'
import { withoutHints } from './quiet-errors.ts'

const { format } = withoutHints({
  format: (formatted) => formatted,
  formatAny: () => ({ message: '' }),
})
const said = (message: string) => format({ message }, undefined).message

test.each([
  ['Cannot query field "a" on type "Query". Did you mean "b" or "c"?', 'Cannot query field "a" on type "Query".'],
  ['Did you mean "b"?', ''],
  ['Variable "$a" got invalid value "Did you mean this"; it is none.', undefined],
  ['Is that so?', undefined],
])('of %j no hint is left', (message, left = message) => expect(said(message)).toBe(left))

test('a long message is read at once', () => {
  const before = process.cpuUsage()
  said(`${'Did you mean '.repeat(200_000)}!`)
  // Time of the processor, which others may have meanwhile.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000)
})
