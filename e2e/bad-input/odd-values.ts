// Values that programs seldom think of, and texts that somebody has spoilt.
import type { Chance } from '../seeded.ts'

const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\ufeff',
  '\u202e\u0645',
  'e\u0301'.repeat(50),
  '👩‍👩‍👧‍👦'.repeat(20),
  '"\\\'`',
  "'; DROP TABLE jobs; --",
  '%',
  '_%\\',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '1e400',
  '-0',
  '\r\n\r\n',
  '\u2028\u2029',
  'a'.repeat(300),
  'x'.repeat(70_000),
  '00000000-0000-7000-8000-000000000000',
  '0199A1B2-0000-7000-8000-00000000000G',
  'urn:uuid:0199a1b2-0000-7000-8000-000000000001',
] as const

const NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.5,
  -0.1,
  1e-320,
  99,
  200,
  500,
  501,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e308,
] as const

const INSTANTS = [
  '2026-01-31T12:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '1969-12-31T23:59:60Z',
  '2026-02-30T00:00:00Z',
  '2026-01-31T24:00:00Z',
  '2026-01-31T12:00:00+99:99',
  '2026-01-31',
] as const

export const oddText = (chance: Chance): string => chance.pick(TEXTS)
export const oddNumber = (chance: Chance): number => chance.pick(NUMBERS)
export const oddInstant = (chance: Chance): string => chance.pick(INSTANTS)

/** Anything that JSON can say, at most `depth` deep. */
export function oddJson(chance: Chance, depth = 4): unknown {
  const kind = chance.between(0, depth > 0 ? 7 : 4)
  switch (kind) {
    case 0:
      return oddText(chance)
    case 1:
      return oddNumber(chance)
    case 2:
      return chance.happens(0.5)
    case 3:
      return null
    case 4:
      return oddInstant(chance)
    case 5:
      return Array.from({ length: chance.between(0, 4) }, () => oddJson(chance, depth - 1))
    case 6:
      return JSON.parse('['.repeat(depth * 100) + ']'.repeat(depth * 100))
    default:
      return Object.fromEntries(
        Array.from({ length: chance.between(0, 4) }, () => [oddText(chance).slice(0, 300), oddJson(chance, depth - 1)]),
      )
  }
}

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '"',
  '"""',
  '$',
  '@',
  '...',
  ':',
  '!',
  '&',
  '#',
  '\\u{110000}',
  '\u0000',
  '\ud800',
  ',',
  '-',
  '1e999',
]

/** The text with some of it missing, doubled, exchanged or added. */
export function spoilt(text: string, chance: Chance): string {
  let result = text
  for (let left = chance.between(1, 4); left > 0; left--) {
    const at = chance.between(0, result.length)
    const end = Math.min(at + chance.between(0, 20), result.length)
    const head = result.slice(0, at)
    const middle = result.slice(at, end)
    const tail = result.slice(end)
    const kind = chance.between(0, 4)
    if (kind === 0) result = head + tail
    else if (kind === 1) result = head + middle + middle + tail
    else if (kind === 2) result = head + chance.pick(PIECES) + tail
    else if (kind === 3) result = head + oddText(chance).slice(0, 400) + middle + tail
    else result = tail + middle + head
  }
  return result
}
