import { expect, test } from 'vitest'
import { sayReason } from './say-reason.ts'

test('a list names the job that is waited for without its id', () => {
  const message = 'Waits for job train-llama-7b (01a21529-9844-7000-9d5b-c4f3f4bf587f), which is running.'
  expect(sayReason(message)).toBe('Waits for job train-llama-7b, which is running.')
  expect(sayReason('Waits for job a (first try).')).toBe('Waits for job a (first try).')
})

test('times in it are told in the reader’s zone', () => {
  const of = (at: string) => new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  expect(sayReason('The month ends at 2026-12-01T00:00:00Z.')).toBe(`The month ends at ${of('2026-12-01T00:00:00Z')}.`)
  expect(sayReason('Nothing since 2026-11-26T06:11:55.127Z.')).toBe(`Nothing since ${of('2026-11-26T06:11:55.127Z')}.`)
  expect(sayReason('At step 2026-12-01')).toBe('At step 2026-12-01')
})
