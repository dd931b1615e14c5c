// Colours and weights of terminal output: ECMA-48's SGR, as far as programs use it.

/** How a piece of a line looks. `fg` and `bg` are CSS colours. */
export interface TextStyle {
  readonly fg?: string
  readonly bg?: string
  readonly bold?: boolean
  readonly dim?: boolean
  readonly italic?: boolean
  readonly underline?: boolean
  readonly inverse?: boolean
}

export const PLAIN: TextStyle = {}

/** The style after the parameters of one `ESC [ … m`. What is unknown changes nothing. */
export function restyle(style: TextStyle, parameters: readonly number[]): TextStyle {
  let next = style
  for (let index = 0; index < parameters.length; index++) {
    const code = parameters[index] ?? 0
    if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(parameters.slice(index + 1))
      if (colour !== undefined) next = code === 38 ? { ...next, fg: colour } : { ...next, bg: colour }
      index += used
    } else next = applyCode(next, code)
  }
  return Object.keys(next).length === 0 ? PLAIN : next
}

function applyCode(style: TextStyle, code: number): TextStyle {
  if (code >= 30 && code <= 37) return { ...style, fg: ansi(code - 30) }
  if (code >= 90 && code <= 97) return { ...style, fg: ansi(code - 82) }
  if (code >= 40 && code <= 47) return { ...style, bg: ansi(code - 40) }
  if (code >= 100 && code <= 107) return { ...style, bg: ansi(code - 92) }
  switch (code) {
    case 0:
      return PLAIN
    case 1:
      return { ...style, bold: true }
    case 2:
      return { ...style, dim: true }
    case 3:
      return { ...style, italic: true }
    case 4:
      return { ...style, underline: true }
    case 7:
      return { ...style, inverse: true }
    case 22:
      return without(style, 'bold', 'dim')
    case 23:
      return without(style, 'italic')
    case 24:
      return without(style, 'underline')
    case 27:
      return without(style, 'inverse')
    case 39:
      return without(style, 'fg')
    case 49:
      return without(style, 'bg')
    default:
      return style
  }
}

/** The colour of `5;n` or `2;r;g;b`, and how many parameters that took. */
function extendedColour(parameters: readonly number[]): { colour: string | undefined; used: number } {
  const [kind, a = 0, b = 0, c = 0] = parameters
  if (kind === 5) return { colour: paletteColour(a), used: 2 }
  if (kind === 2) return { colour: `rgb(${byte(a)} ${byte(b)} ${byte(c)})`, used: 4 }
  return { colour: undefined, used: 0 }
}

/** Colour `index` of the 256: the 16 of the theme, a cube of 6 × 6 × 6, and 24 greys. */
function paletteColour(index: number): string {
  const colour = byte(index)
  if (colour < 16) return ansi(colour)
  if (colour >= 232) {
    const grey = 8 + (colour - 232) * 10
    return `rgb(${grey} ${grey} ${grey})`
  }
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = colour - 16
  return `rgb(${step(Math.floor(cube / 36))} ${step(Math.floor(cube / 6) % 6)} ${step(cube % 6)})`
}

function ansi(index: number): string {
  return `var(--ansi-${index})`
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.trunc(value)))
}

function without(style: TextStyle, ...keys: (keyof TextStyle)[]): TextStyle {
  const next = { ...style }
  for (const key of keys) delete next[key]
  return next
}
