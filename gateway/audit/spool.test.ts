import { randomUUID } from 'node:crypto'
import { appendFile, mkdtemp, open as openFile, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openSpool } from './spool.ts'
import { createWaiting, toUnsent } from './waiting.ts'

const log = createLogger('test', 'silent')
/** On a busy machine. */
const PATIENCE = { timeout: 10_000 }

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'constellation-spool-'))
  file = path.join(folder, 'audit.jsonl')
})
afterEach(() => rm(folder, { recursive: true }))

const unsent = (action: string) =>
  toUnsent({
    id: randomUUID(),
    at: '2026-01-31T12:00:00.000Z',
    who: 'alice',
    role: 'user',
    address: null,
    via: 'http',
    action,
    targets: [],
    arguments: { text: 'Grüße' },
    outcome: 'done',
    error: null,
    requestId: 'r',
    count: 1,
  })

async function open(mostLines?: number) {
  const waiting = createWaiting(() => {})
  const spool = await openSpool(file, waiting, log, mostLines)
  const actions = () => waiting.first(100).map(({ text }) => JSON.parse(text).action)
  const put = (action: string) => {
    const one = unsent(action)
    waiting.put(one)
    spool.put(one)
  }
  const send = (count: number) => {
    waiting.remove(waiting.first(count))
    spool.sent()
  }
  return { waiting, spool, actions, put, send }
}

/** Of the file, by its actions. */
async function written(): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line).action)
}

test('what waits is in a file that only its owner reads, is there for the next process, and goes when it is sent', async () => {
  const first = await open()
  for (const action of ['a', 'b', 'c']) first.put(action)
  await expect.poll(written, PATIENCE).toEqual(['a', 'b', 'c'])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  // As if the process had been killed: nothing is closed, and a line was not written to its end.
  await appendFile(file, '{"id": "not whole')
  const second = await open()
  expect(second.actions()).toEqual(['a', 'b', 'c'])
  second.put('d')
  await expect.poll(written, PATIENCE).toEqual(['a', 'b', 'c', 'd'])
  second.send(4)
  await expect.poll(written, PATIENCE).toEqual([])
  second.put('e')
  await second.spool.close()
  const third = await open()
  expect(third.actions()).toEqual(['e'])
  for (const { spool } of [first, third]) await spool.close()
})

test('what was sent at once is never written', async () => {
  const { put, send, spool } = await open()
  put('a')
  send(1)
  await spool.close()
  expect(await written()).toEqual([])
})

test('the file stays small, however many come and go while one waits', async () => {
  const { put, waiting, spool } = await open(10)
  put('first')
  for (let n = 0; n < 100; n++) {
    put(`${n}`)
    await expect.poll(written, { ...PATIENCE, interval: 1 }).toContain(`${n}`)
    expect((await written()).length).toBeLessThanOrEqual(10)
    // All but the first are sent.
    waiting.remove(waiting.first(100).slice(1))
  }
  await spool.close()
  const next = await open()
  expect(next.actions()).toEqual(['first', '99'])
  await next.spool.close()
})

test('what was half written is written anew once that goes', async () => {
  const { put, spool, actions } = await open()
  put('a')
  await expect.poll(written, PATIENCE).toEqual(['a'])
  const some = await openFile(file)
  const full = vi.spyOn(Object.getPrototypeOf(some), 'datasync').mockRejectedValue(new Error('The disk is full.'))
  put('b')
  await expect.poll(() => full.mock.calls.length, PATIENCE).toBe(1)
  full.mockRestore()
  await some.close()
  put('c')
  await expect.poll(written, PATIENCE).toEqual(['a', 'b', 'c'])
  expect(actions()).toEqual(['a', 'b', 'c'])
  await spool.close()
})

test('a file that cannot be written is said at the start', async () => {
  file = path.join(folder, 'none', 'audit.jsonl')
  await expect(open()).rejects.toThrow(/ENOENT/)
})
