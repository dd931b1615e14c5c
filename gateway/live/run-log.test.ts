import { randomUUID } from 'node:crypto'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { logMessage, makeChunk, makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'
import type { TestChunk } from '../testing/services.ts'

let gateway: TestGateway
let alice: string
let pagesRead: number

beforeAll(async () => {
  gateway = await startTestGateway()
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())
beforeEach(() => {
  pagesRead = 0
  gateway.services.hooks.before = (_service, field) => {
    if (field === 'run') pagesRead += 1
  }
})

const RUN_LOG =
  'subscription ($runId: ID!, $after: Int, $fromLine: Int) { runLog(runId: $runId, after: $after, fromLine: $fromLine) { seq stream text end } }'

/** A run of alice whose first `stored` chunks are stored. */
function addRun(stored: number): string {
  const { world } = gateway.services
  const job = makeJob()
  const runId = randomUUID()
  world.jobs.set(job.id, job)
  world.runs.set(runId, { id: runId, jobId: job.id, gpuIds: [] })
  world.logs.set(
    runId,
    Array.from({ length: stored }, (_, seq) => makeChunk(runId, seq)),
  )
  return runId
}

function storedOf(runId: string): TestChunk[] {
  const stored = gateway.services.world.logs.get(runId)
  if (!stored || stored === 'expired') throw new Error('The run has no log.')
  return stored
}

/** Stores a chunk, and tells of it unless it is to be missed. */
async function store(
  runId: string,
  seq: number,
  { missed = false, ...more }: Partial<TestChunk> & { missed?: boolean } = {},
): Promise<void> {
  const chunk = makeChunk(runId, seq, more)
  storedOf(runId).push(chunk)
  if (!missed) await gateway.publish(SUBJECTS.storedLog(runId), logMessage(chunk))
}

type Results = ReturnType<TestGateway['subscribe']>

async function seqs(results: Results, count: number): Promise<unknown[]> {
  const found = []
  for (let i = 0; i < count; i++) found.push((await nextOf(results)).data?.runLog)
  return found.map((chunk) => (typeof chunk === 'object' && chunk !== null && 'seq' in chunk ? chunk.seq : chunk))
}

/** Resolves when the follower has found nothing more that is stored. */
function following(pages: number) {
  return vi.waitFor(() => expect(pagesRead).toBe(pages))
}

const upTo = (count: number, from = 0) => Array.from({ length: count - from }, (_, i) => i + from)

describe('runLog', () => {
  test('replays what is stored by pages, follows what comes, and completes at the end', async () => {
    const runId = addRun(50)
    const results = gateway.subscribe(alice, RUN_LOG, { runId })
    expect(await nextOf(results)).toEqual({
      data: { runLog: { seq: 0, stream: 'STDOUT', text: 'line 0\n', end: false } },
    })
    expect(await seqs(results, 49)).toEqual(upTo(50, 1))
    await following(4)
    await store(runId, 50, { stream: 'STDERR', text: 'oh' })
    await store(runId, 51, { stream: 'SYSTEM', text: '', end: true })
    expect(await nextOf(results)).toEqual({ data: { runLog: { seq: 50, stream: 'STDERR', text: 'oh', end: false } } })
    expect(await nextOf(results)).toEqual({ data: { runLog: { seq: 51, stream: 'SYSTEM', text: '', end: true } } })
    expect(await results.next()).toMatchObject({ done: true })
    expect(pagesRead).toBe(4)
    await results.return?.()
    await vi.waitFor(() => expect(gateway.subscriptions()).toBe(0))
  })

  test('begins behind the chunk that the client has, and completes at once where the log is over', async () => {
    const runId = addRun(3)
    await store(runId, 3, { end: true })
    const results = gateway.subscribe(alice, RUN_LOG, { runId, after: 1 })
    expect(await seqs(results, 2)).toEqual([2, 3])
    expect(await results.next()).toMatchObject({ done: true })
    const over = gateway.subscribe(alice, RUN_LOG, { runId, after: 3 })
    expect(await over.next()).toMatchObject({ done: true })
  })

  test('drops what it has delivered, and asks for what it has missed', async () => {
    const runId = addRun(1)
    const results = gateway.subscribe(alice, RUN_LOG, { runId })
    expect(await seqs(results, 1)).toEqual([0])
    await following(2)
    await gateway.publish(SUBJECTS.storedLog(runId), logMessage(makeChunk(runId, 0)))
    await store(runId, 1, { missed: true })
    await store(runId, 2, { missed: true })
    await store(runId, 3)
    expect(await seqs(results, 3)).toEqual([1, 2, 3])
    await store(runId, 4, { end: true })
    expect(await seqs(results, 1)).toEqual([4])
    expect(await results.next()).toMatchObject({ done: true })
  })

  test('waits a moment for a chunk that is not stored yet, and goes on behind one that is gone', async () => {
    const runId = addRun(1)
    const results = gateway.subscribe(alice, RUN_LOG, { runId })
    expect(await seqs(results, 1)).toEqual([0])
    await following(2)
    await store(runId, 2)
    await vi.waitFor(() => expect(pagesRead).toBeGreaterThan(2))
    const late = makeChunk(runId, 1)
    storedOf(runId).splice(1, 0, late)
    await gateway.publish(SUBJECTS.storedLog(runId), logMessage(late))
    expect(await seqs(results, 2)).toEqual([1, 2])

    await store(runId, 4, { end: true })
    let found: unknown
    const next = seqs(results, 1).then((seq) => {
      found = seq
    })
    vi.useFakeTimers({ toFake: ['Date'] })
    await vi.waitFor(() => {
      vi.setSystemTime(Date.now() + 10_000)
      expect(found).toEqual([4])
    }, 10_000)
    vi.useRealTimers()
    await next
    expect(await results.next()).toMatchObject({ done: true })
  })

  test('keeps little of what a slow client has not read, and reads it again from where it is stored', async () => {
    const runId = addRun(0)
    const who = { id: 'alice', role: 'user', accounts: [] } as const
    const results = await gateway.graph.subscribe(RUN_LOG, { runId }, { ...who, accounts: [] })
    const text = 'x'.repeat(60_000)
    for (const seq of upTo(30)) await store(runId, seq, { text, end: seq === 29 })
    const found = []
    for await (const { data } of results) found.push(data)
    expect(found).toMatchObject(upTo(30).map((seq) => ({ runLog: { seq } })))
    expect(pagesRead).toBeGreaterThan(1)
  })

  test('misses nothing that is stored while it replays', async () => {
    const runId = addRun(30)
    let count = 30
    gateway.services.hooks.before = async (_service, field) => {
      if (field === 'run' && count < 40) await store(runId, count++)
      if (count === 40) await store(runId, count++, { end: true })
    }
    const results = gateway.subscribe(alice, RUN_LOG, { runId })
    const found = await seqs(results, 41)
    expect(found).toEqual(upTo(41))
    expect(await results.next()).toMatchObject({ done: true })
  })

  test('begins with the chunk that holds the beginning of a line, and follows from there', async () => {
    const runId = addRun(50)
    const results = gateway.subscribe(alice, RUN_LOG, { runId, fromLine: 48 })
    expect(await seqs(results, 2)).toEqual([48, 49])
    await store(runId, 50)
    await store(runId, 51, { end: true })
    expect(await seqs(results, 2)).toEqual([50, 51])
    expect(await results.next()).toMatchObject({ done: true })
    expect(await seqs(gateway.subscribe(alice, RUN_LOG, { runId, fromLine: 30, after: 40 }), 1)).toEqual([41])
    expect(await seqs(gateway.subscribe(alice, RUN_LOG, { runId, fromLine: 40, after: 30 }), 1)).toEqual([40])
  })

  test('waits for a line that is not written yet, also where nothing is', async () => {
    for (const stored of [0, 2]) {
      const runId = addRun(stored)
      const results = gateway.subscribe(alice, RUN_LOG, { runId, fromLine: 4 })
      pagesRead = 0
      await vi.waitFor(() => expect(pagesRead).toBeGreaterThan(0))
      for (const seq of upTo(4, stored)) await store(runId, seq)
      await store(runId, 4, { text: 'line 4, and\nline 5' })
      expect(await nextOf(results)).toMatchObject({ data: { runLog: { seq: 4 } } })
      await results.return?.()
    }
    // Where the log ends before the line, the end is all there is.
    const runId = addRun(2)
    await store(runId, 2, { end: true, text: '' })
    const results = gateway.subscribe(alice, RUN_LOG, { runId, fromLine: 100 })
    expect(await seqs(results, 1)).toEqual([2])
    expect(await results.next()).toMatchObject({ done: true })
  })

  test('says that a log is gone', async () => {
    const runId = addRun(0)
    gateway.services.world.logs.set(runId, 'expired')
    await expect(nextOf(gateway.subscribe(alice, RUN_LOG, { runId }))).rejects.toMatchObject([
      { message: 'The output is older than output is kept.', extensions: { code: 'GONE' } },
    ])
  })

  test("refuses another person's run as one that is not there, and an `after` that is none", async () => {
    const runId = addRun(1)
    const bob = await gateway.as('bob')
    for (const id of [runId, randomUUID()]) {
      await expect(nextOf(gateway.subscribe(bob, RUN_LOG, { runId: id }))).rejects.toMatchObject([
        { extensions: { code: 'NOT_FOUND' } },
      ])
    }
    await expect(nextOf(gateway.subscribe(alice, RUN_LOG, { runId, after: -2 }))).rejects.toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'after', message: 'must be -1 or more' }] } },
    ])
    await expect(nextOf(gateway.subscribe(alice, RUN_LOG, { runId, fromLine: -1 }))).rejects.toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'fromLine', message: 'must be 0 or more' }] } },
    ])
  })
})
