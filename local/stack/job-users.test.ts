import { expect, test } from 'vitest'
import { rangeFor } from './job-users.ts'

const ALL = 'Name:\tnode\nCapEff:\t000001ffffffffff\n'
const EVERYBODY = '         0          0 4294967295\n'

test('root on a machine of its own lets each run have a user that nobody else has', () => {
  expect(rangeFor(ALL, [EVERYBODY, EVERYBODY])).toBe('2000000000-2000999999')
})

test('in a container with few users those are taken that it has', () => {
  const few = '         0     100000      65536\n'
  expect(rangeFor(ALL, [EVERYBODY, few])).toBe('50000-59999')
})

test('where root is the only user, or may not act as others, jobs run as root', () => {
  expect(rangeFor(ALL, ['         0       1000          1\n', EVERYBODY])).toBeUndefined()
  // Without the right to change its user.
  expect(rangeFor('CapEff:\t0000000000000063\n', [EVERYBODY, EVERYBODY])).toBeUndefined()
})
