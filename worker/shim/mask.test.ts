import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMasker, mask } from './mask.ts'

function maskInPieces(values: readonly string[], pieces: readonly string[]): string {
  const masker = createMasker(values)
  return pieces.map(masker.take).join('') + masker.end()
}

/** The same by the plainest means: marks every unit of every occurrence. */
function maskPlainly(values: readonly string[], text: string): string {
  const hidden = new Set<number>()
  for (const value of values) {
    if (value.length < 4) continue
    for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
      for (let i = at; i < at + value.length; i++) hidden.add(i)
    }
  }
  return Array.from({ length: text.length }, (_, i) => {
    if (!hidden.has(i)) return text[i]
    return hidden.has(i - 1) ? '' : '***'
  }).join('')
}

test('a value is hidden wherever it stands, and the rest is left', () => {
  expect(mask(['hunter22', 'tok_abc'], 'a hunter22, b=tok_abc;hunter2')).toBe('a ***, b=***;hunter2')
  expect(mask([], 'hunter22')).toBe('hunter22')
})

test('a value of less than four characters is not hidden', () => {
  expect(mask(['abc', ''], 'abc abcd')).toBe('abc abcd')
})

test('of a value of several lines each line is hidden, indented or not', () => {
  const key = '-----BEGIN KEY-----\r\nMIIB+aa/\nQ==\n-----END KEY-----\n'
  expect(mask([key], key)).toBe('***\r\n***\nQ==\n***\n')
  expect(mask([key], '  MIIB+aa/\n')).toBe('  ***\n')
})

test('a value with blanks around it is hidden with them or without', () => {
  expect(mask([' pass word '], '[ pass word ] [pass word]')).toBe('[***] [***]')
  expect(mask(['  a '], 'x  a y')).toBe('x***y')
})

test('values that overlap, or one that is part of another, leave nothing over', () => {
  expect(mask(['abcdef', 'cdefgh', 'bcde'], '-abcdefgh-')).toBe('-***-')
  expect(mask(['abcdef', 'bcde'], '-abcde-')).toBe('-a***-')
})

test('what may begin a value waits for what follows, and what cannot does not', () => {
  const masker = createMasker(['secret'])
  expect(masker.take('a sec')).toBe('a ')
  expect(masker.take('ond s')).toBe('second ')
  expect(masker.take('ecret')).toBe('***')
  expect(masker.take('ret')).toBe('ret')
  expect(masker.take('se')).toBe('')
  expect(masker.end()).toBe('se')
})

test('however a text is cut into pieces, the same is hidden', () => {
  // Few letters, so that values occur often, and overlap.
  const letters = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom('a', 'b', '\u{1f600}'), minLength, maxLength })
  const pieces = fc.array(letters(0, 12), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(letters(1, 7), { minLength: 1, maxLength: 4 }), pieces, (values, cut) => {
      expect(maskInPieces(values, cut)).toBe(maskPlainly(values, cut.join('')))
    }),
    { numRuns: 2_000 },
  )
})

test('a long text of one repeated value needs no more memory or time than any other', () => {
  const masker = createMasker(['aaaa', 'a'.repeat(5_000)])
  const out = Array.from({ length: 200 }, () => masker.take('a'.repeat(10_000)))
  expect(out.join('') + masker.end()).toBe('***')
})
