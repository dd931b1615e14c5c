import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Claim } from '../sql/bind.ts'
import { insertChunks } from '../sql/log-chunks.ts'
import { type Bench, openBench, started, submitted, worker } from '../testing.ts'
import { readLog } from './logs.ts'

let bench: Bench
let run: Claim['run']
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(async () => {
  await submitted(bench)
  run = (await started(bench, [])).run
})
afterAll(() => bench.close())

/** Stores these texts as the run's log, numbered as a worker does. */
async function store(texts: readonly string[], { end = false } = {}): Promise<void> {
  let firstLine = 0
  const common = { runId: run.id, epoch: run.leaseEpoch, workerId: worker.id, at: new Date().toISOString() } as const
  const records = [...texts, ...(end ? [''] : [])].map((text, seq) => {
    const record = { ...common, seq, stream: 'stdout', text, firstLine, end: end && seq === texts.length } as const
    firstLine += text.split('\n').length - 1
    return record
  })
  await insertChunks(bench.database.pool, records)
}

const read = (after: number, first: number, fromLine?: number) =>
  readLog(bench.database.pool, run, after, first, fromLine)

const textsFrom = async (fromLine: number) => (await read(-1, 100, fromLine)).chunks.map(({ text }) => text)

describe('from a line on', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 4],
    [6, 5],
    // Not written yet: what follows the last line is the end.
    [7, 6],
    [8, 6],
    [1_000_000_000, 6],
  ])('line %i is from chunk %i on', async (line, chunk) => {
    // Line 1 begins within chunk 0, line 2 with chunk 1, line 4 within chunk 2, which ends in it, and line 5 with chunk 4.
    const texts = ['a0\na1\n', 'b2\nb3', 'b3\nc4', 'c4\n', 'd5\n', 'e6\n']
    await store(texts, { end: true })
    expect(await textsFrom(line)).toEqual([...texts, ''].slice(chunk))
  })

  test('a line of many chunks is found at its beginning', async () => {
    await store(['x\ny', 'y', 'y', 'y\nz', 'z'])
    expect(await textsFrom(1)).toEqual(['x\ny', 'y', 'y', 'y\nz', 'z'])
    expect(await textsFrom(2)).toEqual(['y\nz', 'z'])
  })

  test('of a line that is not written yet the last chunk tells how far the log is', async () => {
    expect(await read(-1, 100, 7)).toEqual({ chunks: [], ended: false, expired: false })
    await store(['a\n', 'b\n'])
    expect(await textsFrom(2)).toEqual(['b\n'])
    expect(await textsFrom(7)).toEqual(['b\n'])
  })

  test('the later of a chunk and a line counts', async () => {
    await store(['a\n', 'b\n', 'c\n', 'd\n'])
    expect((await read(0, 1, 2)).chunks).toMatchObject([{ text: 'c\n' }])
    expect((await read(2, 1, 1)).chunks).toMatchObject([{ text: 'd\n' }])
  })

  test('every line of a log of uneven chunks is found, across chunks that are missing too', async () => {
    const texts = Array.from(
      { length: 300 },
      (_, i) => 'x'.repeat(i % 3) + '\n'.repeat((i * 7) % 5) + 'y'.repeat(i % 2),
    )
    await store(texts)
    await bench.database.pool.query('DELETE FROM log_chunks WHERE run_id = $1 AND seq BETWEEN 40 AND 60', [run.id])
    const whole = (await read(-1, 500)).chunks
    const lines = texts.join('').split('\n').length
    for (let line = 0; line < lines; line += 7) {
      const expected = whole.findLast((chunk) => chunk.firstLine < line)
      const [found] = (await read(-1, 1, line)).chunks
      const next = whole.find((chunk) => chunk.seq > (expected?.seq ?? -1))
      const isNext = !expected || (next?.firstLine === line && expected.text.endsWith('\n'))
      expect(found?.seq, `line ${line}`).toBe((isNext ? next : expected)?.seq)
    }
  })

  test('a line before the first is refused', async () => {
    await expect(read(-1, 1, -1)).rejects.toMatchObject({ problems: [{ path: 'fromLine' }] })
  })
})

test('what a worker wrote stays as it was: progress bars, colours and every character', async () => {
  const text = '\r 10%|█         |\r 20%|██        |\x1b[32mgreen\x1b[0m 😀\tü\u2028\ufeff'
  await store([text])
  expect(await textsFrom(0)).toEqual([text])
})
