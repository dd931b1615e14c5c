import { expect, it } from 'vitest'
import { SCALES, STEPS, stepOf } from './heat-scale.ts'

it('has a step for each share, and the last ones for what is beyond', () => {
  expect([-1, 0, 0.5, 1, 7].map(stepOf)).toEqual([0, 0, 24, STEPS - 1, STEPS - 1])
  expect(stepOf(Number.NaN)).toBe(-1)
})

it('goes from the first colour to the last', () => {
  expect(SCALES.light).toHaveLength(STEPS)
  expect(SCALES.light[0]).toBe('rgb(238 247 216)')
  expect(SCALES.light.at(-1)).toBe('rgb(12 44 132)')
})

it('gets ever darker on a light page, and ever brighter on a dark one', () => {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = colour.match(/\d+/g)?.map(Number) ?? []
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const light = SCALES.light.map(luminance)
  const dark = SCALES.dark.map(luminance)
  expect(light).toEqual(light.toSorted((a, b) => b - a))
  expect(dark).toEqual(dark.toSorted((a, b) => a - b))
})
