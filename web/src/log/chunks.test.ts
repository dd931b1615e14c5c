import { expect, it } from 'vitest'
import { type Chunk, createWriter, firstLines, writeChunk } from './chunks.ts'
import { nextPage } from './read-lines.ts'
import { textOf } from './terminal/line.ts'

const chunk = (seq: number, text: string, firstLine: number): Chunk => {
  return { seq, text, firstLine, stream: 'STDOUT', at: '2026-11-25T10:00:00.000Z' }
}

it('says where chunks are missing and how much, and keeps the numbers right behind', () => {
  const writer = createWriter()
  writeChunk(writer, chunk(0, 'one\ntw', 0))
  writeChunk(writer, chunk(3, 'hundred\n', 100))
  expect(writer.terminal.lines.map((line) => [line.number, textOf(line)])).toEqual([
    [0, 'one'],
    [1, 'tw'],
    [2, 'Some output is missing here (98 lines).'],
    [100, 'hundred'],
    [101, ''],
  ])
})

it('says nothing where the log is read from somewhere within', () => {
  const writer = createWriter(100, { seq: 3, firstLine: 100 })
  writeChunk(writer, chunk(3, 'hundred\n', 100))
  expect(writer.terminal.lines.map((line) => [line.number, textOf(line)])).toEqual([
    [100, 'hundred'],
    [101, ''],
  ])
})

it('asks for many small chunks at a time, and for few large ones', () => {
  expect(nextPage(Array.from({ length: 4 }, () => ({ text: 'x'.repeat(65_536) })))).toBe(4)
  expect(nextPage([{ text: 'short' }])).toBe(500)
  expect(nextPage([])).toBe(500)
})

it('cuts a text behind a line', () => {
  expect([-1, 0, 1, 2, 3, 9].map((count) => firstLines('one\ntwo\nthree', count))).toEqual([
    '',
    '',
    'one\n',
    'one\ntwo\n',
    'one\ntwo\nthree',
    'one\ntwo\nthree',
  ])
})
