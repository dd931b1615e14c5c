import { describe, expect, it } from 'vitest'
import { applyMove, moveTo, stepOf } from './moves.ts'

const job = (id: string, position: number | null) => ({ id, queue: { position } })
const queue = [job('a', 1), job('b', 2), job('c', 3), job('later', null)]

describe('a step', () => {
  it('passes the neighbour', () => {
    expect(stepOf(queue, 'b', 'up')).toEqual({ id: 'b', side: 'BEFORE', neighbour: 'a' })
    expect(stepOf(queue, 'b', 'down')).toEqual({ id: 'b', side: 'AFTER', neighbour: 'c' })
  })

  it('leads nowhere at the ends, and past nothing that is not in line', () => {
    expect(stepOf(queue, 'a', 'up')).toBeUndefined()
    expect(stepOf(queue, 'c', 'down')).toBeUndefined()
    expect(stepOf(queue, 'later', 'up')).toBeUndefined()
    expect(stepOf(queue, 'nobody', 'down')).toBeUndefined()
  })
})

it('a drop where the job stands already is no move', () => {
  expect(moveTo(queue, 'a', 'b', 'BEFORE')).toBeUndefined()
  expect(moveTo(queue, 'c', 'b', 'AFTER')).toBeUndefined()
  expect(moveTo(queue, 'a', 'a', 'AFTER')).toBeUndefined()
  expect(moveTo(queue, 'a', 'c', 'AFTER')).toEqual({ id: 'a', side: 'AFTER', neighbour: 'c' })
})

it('shows the list as it will be, until one of the two is gone', () => {
  const ids = (jobs: readonly { id: string }[]) => jobs.map(({ id }) => id).join(' ')
  expect(ids(applyMove(queue, { id: 'c', side: 'BEFORE', neighbour: 'a' }))).toBe('c a b later')
  expect(ids(applyMove(queue, { id: 'a', side: 'AFTER', neighbour: 'b' }))).toBe('b a c later')
  expect(applyMove(queue, { id: 'c', side: 'BEFORE', neighbour: 'gone' })).toBe(queue)
  expect(applyMove(queue, { id: 'gone', side: 'BEFORE', neighbour: 'a' })).toBe(queue)
  expect(applyMove(queue, undefined)).toBe(queue)
})
