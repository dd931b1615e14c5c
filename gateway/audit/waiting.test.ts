import { randomUUID } from 'node:crypto'
import type { AuditRecord } from '@constellation/platform/audit-record.ts'
import { expect, test } from 'vitest'
import { createWaiting } from './waiting.ts'

function record(action: string, outcome: AuditRecord['outcome']): AuditRecord {
  return {
    id: randomUUID(),
    at: '2026-01-31T12:00:00.000Z',
    who: 'alice',
    role: 'user',
    address: null,
    via: 'http',
    action,
    targets: [],
    arguments: {},
    outcome,
    error: null,
    requestId: 'r',
    count: 1,
  }
}

test('where too many wait, the oldest refusal goes first, and the oldest change where there is none', () => {
  const losses: number[] = []
  const waiting = createWaiting((lost) => losses.push(lost), 3)
  const left = () => waiting.first(10).map(({ action }) => action)
  waiting.put(record('change 1', 'done'))
  waiting.put(record('refusal 1', 'refused'))
  waiting.put(record('refusal 2', 'refused'))
  waiting.put(record('change 2', 'failed'))
  expect(left()).toEqual(['change 1', 'refusal 2', 'change 2'])
  waiting.put(record('change 3', 'done'))
  waiting.put(record('change 4', 'done'))
  expect(left()).toEqual(['change 2', 'change 3', 'change 4'])
  expect(losses).toEqual([1])
})

test('what was sent waits no longer', () => {
  const waiting = createWaiting(() => {})
  for (const n of [1, 2, 3]) waiting.put(record(`${n}`, 'refused'))
  waiting.remove(waiting.first(2))
  expect([waiting.size(), waiting.first(5).map(({ action }) => action)]).toEqual([1, ['3']])
})
