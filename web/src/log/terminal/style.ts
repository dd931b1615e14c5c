// Colours and weights of terminal output: ECMA-48's SGR, as far as programs use it.

/** From 0 to 15 one of the theme's, from `TRUE_COLOUR` on that plus red, green and blue in a byte each. */
type Colour = number

export const TRUE_COLOUR = 2 ** 24

/** How a piece of a line looks. */
export interface TextStyle {
  readonly fg?: Colour
  readonly bg?: Colour
  readonly bold?: boolean
  readonly dim?: boolean
  readonly italic?: boolean
  readonly underline?: boolean
  readonly strike?: boolean
  readonly inverse?: boolean
  readonly hidden?: boolean
}

export const PLAIN: TextStyle = {}

/** What codes set to true, and what takes that back. */
const SETS: Readonly<Record<number, Exclude<keyof TextStyle, 'fg' | 'bg'>>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  8: 'hidden',
  9: 'strike',
}
const UNSETS: Readonly<Record<number, readonly (keyof TextStyle)[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  28: ['hidden'],
  29: ['strike'],
  39: ['fg'],
  49: ['bg'],
}

/** The style after the parameters of one `ESC [ … m`. What is unknown changes nothing. */
export function restyle(style: TextStyle, parameters: readonly number[]): TextStyle {
  let next = style
  for (let index = 0; index < parameters.length; index++) {
    const code = parameters[index] ?? 0
    if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(parameters.slice(index + 1, index + 5))
      if (colour !== undefined) next = code === 38 ? { ...next, fg: colour } : { ...next, bg: colour }
      index += used
    } else next = applyCode(next, code)
  }
  return Object.keys(next).length === 0 ? PLAIN : next
}

function applyCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return PLAIN
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 }
  if (code >= 90 && code <= 97) return { ...style, fg: code - 82 }
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 }
  if (code >= 100 && code <= 107) return { ...style, bg: code - 92 }
  const sets = SETS[code]
  if (sets) return { ...style, [sets]: true }
  const unsets = UNSETS[code]
  return unsets ? without(style, unsets) : style
}

/** The colour of `5;n` or `2;r;g;b`, and how many parameters that took. */
function extendedColour(parameters: readonly number[]): { colour: Colour | undefined; used: number } {
  const [kind, a = 0, b = 0, c = 0] = parameters
  if (kind === 5) return { colour: paletteColour(byte(a)), used: 2 }
  if (kind === 2) return { colour: trueColour(byte(a), byte(b), byte(c)), used: 4 }
  return { colour: undefined, used: 0 }
}

/** Colour `index` of the 256: the 16 of the theme, a cube of 6 × 6 × 6, and 24 greys. */
function paletteColour(index: number): Colour {
  if (index < 16) return index
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10
    return trueColour(grey, grey, grey)
  }
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = index - 16
  return trueColour(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6))
}

function trueColour(red: number, green: number, blue: number): Colour {
  return TRUE_COLOUR + red * 65_536 + green * 256 + blue
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.trunc(value) || 0))
}

function without(style: TextStyle, keys: readonly (keyof TextStyle)[]): TextStyle {
  const next = { ...style }
  for (const key of keys) delete next[key]
  return next
}
