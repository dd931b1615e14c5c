import { expect, it } from 'vitest'
import { allChosen, NOTHING, reach, type Selection, toggle, toggleAll } from './selection.ts'

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: `job ${id}` }))
const job = (id: string) => ({ id, name: `job ${id}` })
const ids = ({ chosen }: Selection) => [...chosen.keys()].toSorted().join('')

it('chooses a job and leaves it', () => {
  const one = toggle(NOTHING, job('b'))
  expect([ids(one), one.chosen.get('b')]).toEqual(['b', 'job b'])
  expect(ids(toggle(one, job('b')))).toBe('')
})

it('reaches from the last one to this one, in either direction, and leaves a range as it chose one', () => {
  const down = reach(toggle(NOTHING, job('b')), rows, job('d'))
  expect(ids(down)).toBe('bcd')
  expect(ids(reach(toggle(NOTHING, job('d')), rows, job('b')))).toBe('bcd')
  expect(ids(reach(toggle(down, job('d')), rows, job('c')))).toBe('b')
})

it('chooses one where the beginning of the range is not on the page', () => {
  expect(ids(reach(NOTHING, rows, job('c')))).toBe('c')
  expect(ids(reach(toggle(NOTHING, job('gone')), rows, job('c')))).toBe('cgone')
})

it('chooses all rows, and leaves them where all were chosen, but no others', () => {
  const some = toggle(toggle(NOTHING, job('b')), job('elsewhere'))
  const all = toggleAll(some, rows)
  expect([ids(all), allChosen(all, rows), allChosen(some, rows)]).toEqual(['abcdeelsewhere', true, false])
  expect(ids(toggleAll(all, rows))).toBe('elsewhere')
  expect(allChosen(NOTHING, [])).toBe(false)
})
