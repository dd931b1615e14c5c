import { expect, it } from 'vitest'
import { drawnLines, followsAfterScroll, LINE_HEIGHT } from './window.ts'

it('draws what is visible and a margin, within the lines there are', () => {
  expect(drawnLines({ top: 0, height: 10 * LINE_HEIGHT }, 1000)).toEqual({ first: 0, end: 30 })
  expect(drawnLines({ top: 500 * LINE_HEIGHT, height: 10 * LINE_HEIGHT }, 1000)).toEqual({ first: 480, end: 530 })
  expect(drawnLines({ top: 995 * LINE_HEIGHT, height: 10 * LINE_HEIGHT }, 1000)).toEqual({ first: 975, end: 1000 })
  expect(drawnLines({ top: 500 * LINE_HEIGHT, height: 10 * LINE_HEIGHT }, 3)).toEqual({ first: 3, end: 3 })
})

it('lets go on a scroll up', () => {
  expect(followsAfterScroll(true, 500, { top: 300, height: 100 }, 600)).toBe(false)
})

it('goes on following when the log grew under it', () => {
  expect(followsAfterScroll(true, 500, { top: 500, height: 100 }, 900)).toBe(true)
})

it('takes up again at the end, and only there', () => {
  expect(followsAfterScroll(false, 300, { top: 400, height: 100 }, 600)).toBe(false)
  expect(followsAfterScroll(false, 400, { top: 495, height: 100 }, 600)).toBe(true)
})
