import { expect, test } from 'vitest'
import { sayWaitBriefly } from './say-wait.ts'

test('a list names the job that is waited for without its id', () => {
  const message = 'Waits for job train-llama-7b (01a21529-9844-7000-9d5b-c4f3f4bf587f), which is running.'
  expect(sayWaitBriefly(message)).toBe('Waits for job train-llama-7b, which is running.')
  expect(sayWaitBriefly('Waits for job a (first try).')).toBe('Waits for job a (first try).')
})
