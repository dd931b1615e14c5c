import { expect, it } from 'vitest'
import { drawnRows, followsAfterScroll, lastTop, ROW_HEIGHT } from './window.ts'

it('draws what is visible and a margin, within the rows there are', () => {
  const height = 10 * ROW_HEIGHT
  expect(drawnRows({ top: 0, height }, 1000)).toEqual({ first: 0, end: 22 })
  expect(drawnRows({ top: 500 * ROW_HEIGHT, height }, 1000)).toEqual({ first: 488, end: 522 })
  expect(drawnRows({ top: 995 * ROW_HEIGHT, height }, 1000)).toEqual({ first: 983, end: 1000 })
  expect(drawnRows({ top: 500 * ROW_HEIGHT, height }, 3)).toEqual({ first: 3, end: 3 })
})

it('lets go on a scroll up, by however little', () => {
  expect(followsAfterScroll(true, 500, { top: 300, height: 100 }, 600)).toBe(false)
  expect(followsAfterScroll(true, 500, { top: 490, height: 100 }, 600)).toBe(false)
})

it('goes on following when the log grew under it', () => {
  expect(followsAfterScroll(true, 500, { top: 500, height: 100 }, 900)).toBe(true)
})

it('takes up again at the end, and only there', () => {
  expect(followsAfterScroll(false, 300, { top: 400, height: 100 }, 600)).toBe(false)
  expect(followsAfterScroll(false, 400, { top: 495, height: 100 }, 600)).toBe(true)
})

it('goes on following a log that fits', () => {
  expect(followsAfterScroll(true, 10, { top: 0, height: 600 }, 100)).toBe(true)
  expect(lastTop(5, 600)).toBe(0)
  expect(lastTop(100, 600)).toBe(1400)
})
