import { expect, test } from 'vitest'
import { type Chunk, createChunker } from './chunks.ts'

function collect(limitBytes = 1e9, options: { secrets?: string[]; isFull?: () => boolean } = {}) {
  const chunks: Chunk[] = []
  const chunker = createChunker({ limitBytes, ...options }, (chunk) => chunks.push(chunk))
  const text = (stream: string) =>
    chunks
      .filter((c) => c.stream === stream)
      .map((c) => c.text)
      .join('')
  return { chunks, chunker, text }
}

test('a character that comes in two pieces is one character', () => {
  const { chunks, chunker, text } = collect()
  const bytes = Buffer.from('x€😀y')
  for (const byte of bytes) {
    chunker.take('stdout', Uint8Array.of(byte))
    chunker.flush()
  }
  expect(text('stdout')).toBe('x€😀y')
  expect(chunks.map((c) => c.text)).toEqual(['x', '€', '😀', 'y'])
})

test('streams do not mix their split characters', () => {
  const { chunker, text } = collect()
  chunker.take('stdout', Uint8Array.of(0xc3))
  chunker.take('stderr', Buffer.from('!'))
  chunker.take('stdout', Uint8Array.of(0xa9))
  chunker.end()
  expect(text('stdout')).toBe('é')
  expect(text('stderr')).toBe('!')
})

test('bytes that are no text are marked, and a byte order mark is kept', () => {
  const { chunker, text } = collect()
  chunker.take('stdout', Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x41]))
  chunker.take('stdout', Uint8Array.of(0xe2, 0x82))
  chunker.end()
  expect(text('stdout')).toBe('\uFEFF\uFFFD\uFFFDA\uFFFD')
})

test('a chunk holds at most 64 KiB, whatever the characters are', () => {
  for (const unit of ['a', 'é', '€', '😀', 'a😀']) {
    const { chunks, chunker, text } = collect()
    const output = unit.repeat(150_000)
    chunker.take('stdout', Buffer.from(output))
    chunker.end()
    expect(text('stdout') === output).toBe(true)
    for (const chunk of chunks) expect(Buffer.byteLength(chunk.text)).toBeLessThanOrEqual(65_536)
    expect(chunks.slice(0, -2).every((chunk) => Buffer.byteLength(chunk.text) > 65_536 - 4)).toBe(true)
  }
})

test('chunks are numbered without gaps, know their line, and the last one says so', () => {
  const { chunks, chunker } = collect()
  chunker.take('stdout', Buffer.from('one\ntwo\nthr'))
  chunker.flush()
  chunker.take('stdout', Buffer.from('ee'))
  chunker.take('stderr', Buffer.from('oops\n'))
  chunker.say('Something happened.')
  expect(chunker.end()).toBe(5)
  expect(chunks).toEqual([
    { seq: 0, stream: 'stdout', text: 'one\ntwo\nthr', firstLine: 0, end: false },
    { seq: 1, stream: 'stdout', text: 'ee', firstLine: 2, end: false },
    { seq: 2, stream: 'stderr', text: 'oops\n', firstLine: 2, end: false },
    { seq: 3, stream: 'system', text: 'Something happened.\n', firstLine: 3, end: false },
    { seq: 4, stream: 'system', text: '', firstLine: 4, end: true },
  ])
})

test('what the worker says begins on a line of its own', () => {
  const { chunks, chunker } = collect()
  chunker.take('stdout', Buffer.from('50 %'))
  chunker.say('The run was cancelled.')
  expect(chunks[1]).toMatchObject({ text: '\nThe run was cancelled.\n', firstLine: 0 })
})

test('past the limit output is dropped, and the log says how much', () => {
  const { chunks, chunker, text } = collect(10)
  chunker.take('stdout', Buffer.from('12345678€'))
  chunker.take('stderr', Buffer.from('xyz'))
  chunker.flush()
  chunker.take('stdout', Buffer.from('more'))
  expect(chunker.end()).toBe(chunks.length)
  expect(text('stdout')).toBe('12345678')
  expect(text('stderr')).toBe('')
  expect(text('system')).toBe(
    '\nThe log is full: it holds the first 10 bytes of output. What follows is not kept.\n10 bytes of output were dropped.\n',
  )
  expect(chunks.at(-1)?.end).toBe(true)
})

test('output of exactly the limit is kept whole', () => {
  const { chunker, text } = collect(4)
  chunker.take('stdout', Buffer.from('1234'))
  chunker.end()
  expect(text('stdout')).toBe('1234')
  expect(text('system')).toBe('')
})

test('a secret is hidden in both streams and in what the worker says, however its bytes come', () => {
  const { chunker, text } = collect(1e9, { secrets: ['p€ssword'] })
  for (const byte of Buffer.from('my p€ssword is p€ss')) {
    chunker.take('stdout', Uint8Array.of(byte))
    chunker.flush()
  }
  chunker.take('stderr', Buffer.from('p€ss'))
  chunker.take('stdout', Buffer.from('word'))
  chunker.say('The command p€ssword does not exist.')
  chunker.end()
  expect(text('stdout')).toBe('my *** is ***')
  expect(text('stderr')).toBe('p€ss')
  expect(text('system')).toContain('The command *** does not exist.\n')
})

test('what comes while nothing can be stored is dropped, and the log says so where it goes on', () => {
  let full = false
  const { chunker, chunks, text } = collect(1e9, { secrets: ['secret'], isFull: () => full })
  chunker.take('stdout', Buffer.from('one\n'))
  full = true
  chunker.take('stdout', Buffer.from('two\nsec'))
  full = false
  chunker.take('stdout', Buffer.from('ret three\n'))
  expect(chunker.end()).toBe(chunks.length)
  expect(text('stdout')).toBe('one\n*** three\n')
  expect(text('system')).toBe('4 bytes of output were dropped here, because the worker’s disk was full.\n')
  expect(chunks.map(({ seq }) => seq)).toEqual(chunks.map((_, i) => i))
})
