import { expect, it } from 'vitest'
import { sayEnd } from './say-end.ts'

it('says the exit code or the signal of what ended by itself', () => {
  expect(sayEnd({ outcome: 'EXITED', exitCode: 3, signal: null })).toBe('exit code 3')
  expect(sayEnd({ outcome: 'EXITED', exitCode: null, signal: 'SIGSEGV' })).toBe('SIGSEGV')
})

it('says of a failed GPU and of idling what it was, without the signal that the worker sent', () => {
  expect(sayEnd({ outcome: 'GPU_FAILED', exitCode: null, signal: 'SIGTERM' })).toBe(
    'a GPU failed, so it was queued again',
  )
  expect(sayEnd({ outcome: 'IDLE', exitCode: 143, signal: null })).toBe('ended for idling')
})

it('says nothing of what lives', () => {
  expect(sayEnd({ outcome: null, exitCode: null, signal: null })).toBeUndefined()
})
