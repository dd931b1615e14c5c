import { expect, it } from 'vitest'
import { filterFromAddress, matches, statesToAddress } from './filter.ts'

it('reads states and a name from the address, and leaves out what is no state', () => {
  expect(filterFromAddress('running,QUEUED,nonsense', 'train')).toEqual({
    states: ['QUEUED', 'RUNNING'],
    name: 'train',
  })
})

it('reads an array from the address', () => {
  expect(filterFromAddress(undefined, undefined, 'a')).toEqual({ array: 'a' })
})

it('is empty without them', () => {
  expect(filterFromAddress(undefined, '')).toEqual({})
  expect(filterFromAddress('nonsense', undefined)).toEqual({})
})

it('writes states in one order, and any state as nothing', () => {
  expect(statesToAddress(['FAILED', 'QUEUED'])).toBe('queued,failed')
  expect(statesToAddress([])).toBeUndefined()
})

it('matches as the server does', () => {
  const job = { state: 'RUNNING', name: 'Train-1', array: { id: 'a', index: 0, size: 2 } } as const
  expect(matches(job, {})).toBe(true)
  expect(matches(job, { states: ['RUNNING'], name: 'TRAIN' })).toBe(true)
  expect(matches(job, { states: ['FAILED'] })).toBe(false)
  expect(matches(job, { name: 'eval' })).toBe(false)
  expect(matches(job, { array: 'a' })).toBe(true)
  expect(matches(job, { array: 'b' })).toBe(false)
  expect(matches({ ...job, array: null }, { array: 'a' })).toBe(false)
})
