// The looks of terminal output as CSS: readable in both themes, whatever a program has chosen.
import { type TextStyle, TRUE_COLOUR } from './style.ts'

type Rgb = readonly [red: number, green: number, blue: number]

/** What lines stand on, as in the style sheet: the darkest of the light theme's, and the lightest of the dark one's. */
export const BEHIND = { light: [233, 231, 250], dark: [37, 38, 74] } as const satisfies Record<string, Rgb>

/** WCAG's least contrast of text. */
export const LEAST_CONTRAST = 4.5

/** The 16 as terminals have them. */
const PALETTE: readonly Rgb[] = [
  [0x1c, 0x20, 0x27],
  [0xd0, 0x31, 0x2d],
  [0x1a, 0x8f, 0x47],
  [0xb0, 0x7d, 0x12],
  [0x2f, 0x63, 0xe0],
  [0xa0, 0x42, 0xcc],
  [0x12, 0x8a, 0x96],
  [0xc6, 0xcc, 0xd5],
  [0x6b, 0x75, 0x83],
  [0xff, 0x6b, 0x63],
  [0x4c, 0xc9, 0x7f],
  [0xe6, 0xb4, 0x3c],
  [0x6a, 0xa5, 0xff],
  [0xcc, 0x93, 0xff],
  [0x46, 0xcb, 0xd4],
  [0xff, 0xff, 0xff],
]

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]

/** How many looks are remembered; there are 2^24 colours. */
const REMEMBERED = 2000

const remembered = new Map<string, Readonly<Record<string, string>>>()

/** CSS properties of a look, none for a plain one. The same look gives the same object. */
export function cssOf(style: TextStyle): Readonly<Record<string, string>> {
  const key = JSON.stringify(style)
  const known = remembered.get(key)
  if (known) return known
  if (remembered.size >= REMEMBERED) remembered.clear()
  const css = { ...coloursOf(style), ...weightsOf(style) }
  remembered.set(key, css)
  return css
}

/** A colour as it can be read on `behind`: moved towards black or white as far as it takes. */
export function readable(colour: Rgb, behind: Rgb): Rgb {
  const towards = contrast(WHITE, behind) > contrast(BLACK, behind) ? WHITE : BLACK
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, towards, share)
    if (contrast(mixed, behind) >= LEAST_CONTRAST) return mixed
  }
  return towards
}

/** WCAG's, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function coloursOf({ fg, bg, dim, inverse, hidden }: TextStyle): Record<string, string> {
  if (hidden) return { color: 'transparent' }
  const front = fg === undefined ? undefined : rgbOf(fg)
  const back = bg === undefined ? undefined : rgbOf(bg)
  if (inverse && !front && !back) return { color: 'var(--surface)', 'background-color': 'var(--muted)' }
  if (inverse) return onto(back, front ?? WHITE)
  if (back) return onto(front, back)
  if (front) return { color: inBothThemes(front) }
  return dim ? { color: 'var(--muted)' } : {}
}

/** Text on a background of its own, which is the same in both themes. */
function onto(front: Rgb | undefined, back: Rgb): Record<string, string> {
  const wanted = front ?? (contrast(WHITE, back) > contrast(BLACK, back) ? WHITE : BLACK)
  return { color: css(readable(wanted, back)), 'background-color': css(back) }
}

function inBothThemes(colour: Rgb): string {
  return `light-dark(${css(readable(colour, BEHIND.light))}, ${css(readable(colour, BEHIND.dark))})`
}

function weightsOf({ bold, italic, underline, strike }: TextStyle): Record<string, string> {
  const line = [underline && 'underline', strike && 'line-through'].filter(Boolean).join(' ')
  return {
    ...(bold && { 'font-weight': '600' }),
    ...(italic && { 'font-style': 'italic' }),
    ...(line && { 'text-decoration': line }),
  }
}

function rgbOf(colour: number): Rgb {
  if (colour < TRUE_COLOUR) return PALETTE[colour] ?? WHITE
  const packed = colour - TRUE_COLOUR
  return [packed >> 16, (packed >> 8) & 255, packed & 255]
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const [red, green, blue] = from.map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * share))
  return [red ?? 0, green ?? 0, blue ?? 0]
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`
}
