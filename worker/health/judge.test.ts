import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApi } from '../api.ts'
import { readExit } from '../runs/run-records.ts'
import type { RunExit } from '../shim/files.ts'
import { heldRun } from '../testing/held-run.ts'
import { scriptedGpus } from '../testing/scripted-gpus.ts'
import type { Run } from '../worker.ts'
import { newHealth } from './health.ts'
import { judgeEnd, noteGone } from './judge.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-judge-'))
})
afterAll(() => rm(home, { recursive: true }))

const EXIT: RunExit = {
  outcome: 'EXITED',
  exitCode: 1,
  signal: null,
  reason: null,
  endedAt: '2026-01-31T12:00:00.000Z',
  logChunks: 1,
  lostBytes: 0,
}
let count = 0

/** What becomes of an end, where the look at the GPUs does as it is told. */
async function judge(
  exit: Partial<RunExit>,
  look: (run: Run, heard: () => void) => Promise<void>,
  { longestMs, gone = false }: { longestMs?: number; gone?: boolean } = {},
) {
  const run = await heldRun(home, `run-${count++}`, { gpuUuids: ['a'] })
  const health = newHealth(openApi('http://127.0.0.1:1', '', createLogger('test', 'silent')), true)
  const heard = () => {
    health.verdicts.set('a', { gpuId: 'id', usable: true, endRun: false, reason: null, levels: '' })
  }
  let looks = 0
  const lookAtHealth = () => {
    looks += 1
    return look(run, heard)
  }
  const stopped = new AbortController()
  const list = async () => (gone ? [] : scriptedGpus(['a']).provider.list())
  const gpus = { list, notice: () => 'The driver is not loaded.' }
  const end = await judgeEnd({ health, lookAtHealth, gpus, stopped }, run, { ...EXIT, ...exit }, longestMs)
  return { end, run, looks: () => looks }
}

const fails = async (run: Run, heard: () => void) => {
  run.gpuFailure = 'XID 79'
  heard()
}
const isWell = async (_: Run, heard: () => void) => heard()

test('a program that exits with an error on a GPU that failed has not failed itself', async () => {
  const ends: Partial<RunExit>[] = [{}, { exitCode: null, signal: 'SIGBUS' }, { outcome: 'TIMED_OUT' }]
  for (const exit of [
    ...ends,
    { outcome: 'NOT_STARTED' },
    { outcome: 'OUT_OF_MEMORY' },
    { outcome: 'IDLE' },
  ] as const) {
    const { end, run } = await judge(exit, fails)
    expect(end).toEqual({ ...EXIT, ...exit, outcome: 'GPU_FAILED', reason: 'XID 79' })
    // A worker that comes after this one finds the same.
    expect(await readExit(run.files.exit)).toEqual(end)
  }
})

test('on GPUs that are well an end is what it is', async () => {
  const { end, looks } = await judge({}, isWell)
  expect([end, looks()]).toEqual([EXIT, 1])
})

test('a program that fails when its GPU is gone has not failed itself', async () => {
  const { end } = await judge({}, isWell, { gone: true })
  expect(end).toMatchObject({ outcome: 'GPU_FAILED', reason: 'Its GPU a is gone. The driver is not loaded.' })
})

test('nor when it is back by the time of the end', async () => {
  const { end } = await judge({}, async (run, heard) => {
    noteGone([run], [{ uuid: 'b' }], null)
    heard()
  })
  expect(end).toMatchObject({ outcome: 'GPU_FAILED', reason: 'Its GPU a is gone.' })
})

test('one that did well, was told to end, or is queued again anyway is not looked into', async () => {
  const told = ['CANCELLED', 'PREEMPTED', 'RELEASED', 'GPU_FAILED'] as const
  for (const exit of [{ exitCode: 0 }, ...told.map((outcome) => ({ outcome }))]) {
    const { end, looks } = await judge(exit, fails)
    expect([end, looks()]).toEqual([{ ...EXIT, ...exit }, 0])
  }
})

test('a report that was not heard is told again', async () => {
  let times = 0
  const { end, looks } = await judge({}, async (run, heard) => {
    if (++times < 3) throw new Error('not heard')
    await fails(run, heard)
  })
  expect([end.outcome, looks()]).toEqual(['GPU_FAILED', 3])
})

test('a verdict that does not come holds up nothing', async () => {
  const { end } = await judge({}, () => new Promise(() => {}), { longestMs: 300 })
  expect(end).toEqual(EXIT)
})
