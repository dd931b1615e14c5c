import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { amount, bar, fit, memory, plain, shorten, sparkline, wrap } from './text.ts'

test('what a terminal would obey is taken out', () => {
  expect(plain('evil\u001b[2J\u001b]0;title\u0007name\r\n\u009b31m')).toBe('evil [2J ]0;title name 31m')
  expect(plain('abc\u202edcba\u2066')).toBe('abc dcba')
  expect(plain('\u001b\u0000')).toBe('')
})

test('a text takes exactly the columns that it is given, whatever its letters', () => {
  for (const text of ['', 'a', 'A100 PCIe', '訓練ジョブ', '👩‍🔬👩‍🔬👩‍🔬', 'é'.normalize('NFD').repeat(9)]) {
    expect(stringWidth(fit(text, 6))).toBe(6)
  }
  expect(fit('7', 3, 'right')).toBe('  7')
  expect(shorten('訓練ジョブ', 6)).toBe('訓練…')
  expect(shorten('abc', 0)).toBe('')
})

test('a bar is filled to an eighth of a column', () => {
  expect(bar(0, 4)).toBe('░░░░')
  expect(bar(0.5, 4)).toBe('██░░')
  expect(bar(0.53125, 4)).toBe('██▏░')
  expect(bar(1.7, 4)).toBe('████')
  expect(bar(null, 2)).toBe('░░')
})

test('a sparkline has the newest at the right, and gaps where nothing was known', () => {
  expect(sparkline([0, 0.5, 1], 5)).toBe('  ▁▅█')
  expect(sparkline([0, null, 1, 1], 3)).toBe(' ██')
  expect(sparkline([1], 0)).toBe('')
})

test('numbers have their units, and what is not known is a dash', () => {
  expect([amount(61.4, '°C'), amount(null, '%')]).toEqual(['61°C', '-'])
  expect([memory(425), memory(1_024), memory(81_920), memory(null)]).toEqual(['425M', '1.0G', '80.0G', '-'])
})

test('a sentence is broken between its words', () => {
  expect(wrap('Simulated GPUs stand in.', 14)).toEqual(['Simulated GPUs', 'stand in.'])
  expect(wrap('unbreakable', 6)).toEqual(['unbre…'])
  expect(wrap('', 6)).toEqual([''])
})
