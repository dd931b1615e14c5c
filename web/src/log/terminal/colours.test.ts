import { expect, it } from 'vitest'
import { BEHIND, contrast, cssOf, LEAST_CONTRAST, readable } from './colours.ts'
import { TRUE_COLOUR } from './style.ts'

const everyColour = [
  ...Array.from({ length: 16 }, (_, index) => index),
  ...Array.from({ length: 16 ** 3 }, (_, index) => {
    const part = (shift: number) => ((index >> shift) & 15) * 17
    return TRUE_COLOUR + part(8) * 65_536 + part(4) * 256 + part(0)
  }),
]

const read = (css: string | undefined) =>
  [...(css ?? '').matchAll(/rgb\((\d+) (\d+) (\d+)\)/g)].map(
    ([, red, green, blue]) => [Number(red), Number(green), Number(blue)] as const,
  )

it('makes every colour readable in both themes', () => {
  for (const fg of everyColour) {
    const [light, dark] = read(cssOf({ fg }).color)
    expect(light && contrast(light, BEHIND.light), `light, ${fg}`).toBeGreaterThanOrEqual(LEAST_CONTRAST)
    expect(dark && contrast(dark, BEHIND.dark), `dark, ${fg}`).toBeGreaterThanOrEqual(LEAST_CONTRAST)
  }
})

it('makes text readable on every background that a program gives it', () => {
  for (const bg of everyColour) {
    for (const style of [{ bg }, { bg, fg: 0 }, { bg, fg: 7 }, { fg: bg, inverse: true }]) {
      const css = cssOf(style)
      const [[front], [back]] = [read(css.color), read(css['background-color'])]
      expect(front && back && contrast(front, back)).toBeGreaterThanOrEqual(LEAST_CONTRAST)
    }
  }
})

it('leaves alone what can be read', () => {
  expect(readable([10, 20, 120], BEHIND.light)).toEqual([10, 20, 120])
  expect(readable([200, 220, 255], BEHIND.dark)).toEqual([200, 220, 255])
})

it('gives a plain piece no style at all', () => {
  expect(cssOf({})).toEqual({})
  expect(cssOf({ bold: true, underline: true, strike: true })).toEqual({
    'font-weight': '600',
    'text-decoration': 'underline line-through',
  })
})
