import { expect, it } from 'vitest'
import { keepPlaces } from './keep-places.ts'

const job = (id: string, state = 'old') => ({ id, state })
const told = ({ jobs, waiting }: ReturnType<typeof keepPlaces<ReturnType<typeof job>>>) =>
  `${jobs.map(({ id, state }) => (state === 'old' ? id : `${id}:${state}`)).join(' ')} +${waiting}`

it('changes a row in its place, whatever its place would be by now', () => {
  expect(told(keepPlaces([job('a'), job('b')], [job('b', 'new'), job('a')]))).toBe('a b:new +0')
})

it('has new jobs wait, and keeps those that would leave', () => {
  expect(told(keepPlaces([job('a'), job('b')], [job('c'), job('b')]))).toBe('a b +1')
  expect(told(keepPlaces([job('a')], [job('c')]))).toBe('a +1')
})

it('lets in what was loaded behind the rest', () => {
  expect(told(keepPlaces([job('a'), job('b')], [job('a'), job('b'), job('z')]))).toBe('a b z +0')
  expect(told(keepPlaces([], [job('a')]))).toBe('a +0')
})
