import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Task, writeInThread } from './write-in-thread.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exports-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

let files = 0
const many = (rows: number) => `SELECT range AS n, md5(range::VARCHAR) AS text FROM range(${rows})`
const never = new AbortController().signal

function write(
  writer: Task['writer'],
  select: string,
  options: { signal?: AbortSignal; tell?: (part: number) => void; most?: Partial<Task['most']> } = {},
) {
  const path = join(directory, String(++files))
  const most = { rows: 1e9, bytes: 1e12, ...options.most }
  const written = writeInThread(
    { directory, path, select, writer },
    options.signal ?? never,
    options.tell ?? (() => {}),
    most,
  )
  return { path, written }
}

describe.each([
  ['parquet', 2_000_000],
  ['csv', 2_000_000],
  ['arrow', 400_000],
] as const)('as %s', (writer, all) => {
  const MANY = many(all)

  test('it tells how far it is, and the thread that waits for it is free meanwhile', async () => {
    const parts: number[] = []
    let turns = 0
    const turn = setInterval(() => turns++, 1)
    const { path, written } = write(writer, MANY, { tell: (part) => parts.push(part) })
    const { rows, bytes } = await written
    clearInterval(turn)
    expect([rows, bytes]).toEqual([all, (await stat(path)).size])
    expect(turns).toBeGreaterThan(50)
    expect(parts.length).toBeGreaterThan(0)
    expect(parts).toEqual(parts.toSorted((a, b) => a - b))
  })

  test('it stops when it is called off', async () => {
    const cancel = new AbortController()
    const { written } = write(writer, MANY, { signal: cancel.signal, tell: () => cancel.abort() })
    await expect(written).rejects.toThrow()
  })

  test('it stops when it was called off before it began', async () => {
    await expect(write(writer, MANY, { signal: AbortSignal.abort() }).written).rejects.toThrow()
  })

  test('it stops at more rows, and at more bytes, than it may have', async () => {
    const rows = write(writer, MANY, { most: { rows: all - 1 } })
    await expect(rows.written).rejects.toThrow(`It would have ${all} rows, and may have ${all - 1}.`)
    const bytes = write(writer, MANY, { most: { bytes: 1_000_000 } })
    await expect(bytes.written).rejects.toThrow('It would have more than 1000000 bytes')
  })

  test('of nothing it makes a file of no rows', async () => {
    const { path, written } = write(writer, 'SELECT 1 AS n WHERE false')
    expect(await written).toMatchObject({ rows: 0, bytes: (await stat(path)).size })
  })

  test('it reads nothing outside of its directory', async () => {
    await expect(write(writer, `SELECT * FROM read_text('/etc/hostname')`).written).rejects.toThrow(
      /permission|access/i,
    )
  })
})

test('Arrow has all rows, in batches', async () => {
  const { path, written } = write('arrow', 'SELECT range AS n FROM range(100000) ORDER BY n')
  await written
  const table = tableFromIPC(await readFile(path))
  expect(table.batches.length).toBeGreaterThan(2)
  const numbers = [...(table.getChild('n') ?? [])]
  expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([100_000, 0n, 99_999n])
})
