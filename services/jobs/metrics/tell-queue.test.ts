import { expect, test } from 'vitest'
import { type Group, largestAccounts } from './tell-queue.ts'

function ready(account: string, jobs: number): Group {
  return { account, reason: 'ready', jobs, gpus: 0, oldestSeconds: 0 }
}

test('the accounts with most jobs are told by name, and all others as one', () => {
  const groups = Array.from({ length: 25 }, (_, i) => ready(`account-${String(i).padStart(2, '0')}`, i + 1))
  const told = largestAccounts(groups)
  expect(told).toHaveLength(21)
  expect(told[0]).toEqual({ account: 'account-24', jobs: 25 })
  expect(told.at(-1)).toEqual({ account: 'other', jobs: 1 + 2 + 3 + 4 + 5 })
})

test('where there are few accounts nothing is put together', () => {
  expect(largestAccounts([ready('research', 2)])).toEqual([{ account: 'research', jobs: 2 }])
})
