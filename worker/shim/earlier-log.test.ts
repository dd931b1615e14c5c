import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { behindLines, takeUpLog } from './earlier-log.ts'

test('a log goes on where its last whole record ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'constellation-log-'))
  const path = join(folder, 'output')
  const records = [
    { seq: 0, stream: 'system', text: 'It waits.\n' },
    { seq: 1, stream: 'stdout', text: 'one\ntwo\u2028é\n' },
    { seq: 2, stream: 'stdout', text: 'th' },
  ].map((record) => JSON.stringify(record))
  await writeFile(path, `${records.join('\n')}\n{"seq":3,"stream":"std`)
  expect(await takeUpLog(path)).toEqual({ seq: 3, lines: 3, stdoutLines: 2, outputBytes: 15, atLineStart: false })
  expect(await readFile(path, 'utf8')).toBe(`${records.join('\n')}\n`)
  await rm(folder, { recursive: true })
})

test('lines that are in the log are left out, wherever the output is cut into pieces', async () => {
  for (const pieces of [['a\nb\nc\nd'], ['a', '\n', 'b\nc', '\nd'], ['a\nb\n', 'c\nd']]) {
    const pipe = Readable.from(pieces.map((piece) => Buffer.from(piece))).pipe(behindLines(2))
    expect(await text(pipe)).toBe('c\nd')
  }
})
