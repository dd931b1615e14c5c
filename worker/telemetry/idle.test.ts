import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import { expect, onTestFinished, test } from 'vitest'
import { openApi } from '../api.ts'
import { readOrder } from '../runs/run-records.ts'
import { startFakeGateway } from '../testing/fake-gateway.ts'
import { heldRun } from '../testing/held-run.ts'
import type { Run } from '../worker.ts'
import { idleOrder, watchIdle } from './idle.ts'

async function world() {
  const home = await mkdtemp(join(tmpdir(), 'constellation-idle-'))
  await writeFile(join(home, 'token'), 'token')
  const gateway = await startFakeGateway('token')
  const api = openApi(gateway.url, join(home, 'token'), createLogger('test', 'silent'))
  onTestFinished(async () => {
    await api.close()
    await gateway.stop()
    await rm(home, { recursive: true })
  })
  const run = await heldRun(home, 'run', { gpuUuids: ['a'], idleLimit: { seconds: 900, by: 'job' } })
  const worker = { api, runs: new Map([['run', run]]), config: { IDLE_NOTE_SECONDS: 600 } }
  return { gateway, run, look: () => watchIdle(worker), notes: gateway.state.idleNotes }
}
const rest = (run: Run, restingMs: number | null) => {
  run.usage = { ...run.usage, restingMs }
}

test('that a run idles is said once, and so is that it works again', async () => {
  const { run, look, notes } = await world()
  for (const restingMs of [null, 0, 599_999, 600_000.4, 601_000, null, 0]) {
    rest(run, restingMs)
    await look()
  }
  expect(notes).toEqual([
    { runId: 'run', epoch: 1, idleMs: 600_000 },
    { runId: 'run', epoch: 1, idleMs: null },
  ])
})

test('what was not heard is said again, and for an adopted run whatever is so', async () => {
  const { gateway, run, look, notes } = await world()
  run.idleHeard = undefined
  gateway.state.down = true
  await expect(look()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  gateway.state.down = false
  await look()
  await look()
  expect(notes).toEqual([{ runId: 'run', epoch: 1, idleMs: null }])
})

test('a run that rests for longer than it allows itself is ended, though nobody can be told', async () => {
  const { gateway, run, look } = await world()
  gateway.state.down = true
  rest(run, 900_500)
  await expect(look()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await readOrder(run.files.order)).toEqual({
    why: 'idle',
    graceMs: 10_000,
    sentence: 'Its GPUs did nothing for 901 s, longer than the 900 s that it allows itself.',
  })
})

test('a run that has ended, or has no GPUs, is left alone', async () => {
  const { run, look, notes } = await world()
  rest(run, 1e9)
  run.ended = true
  await look()
  run.ended = false
  run.spec.gpuUuids = []
  await look()
  expect([notes, run.order]).toEqual([[], undefined])
})

test('the limit is the job’s or, where that says nothing, the worker’s', () => {
  const limit = { seconds: 60, by: 'worker' } as const
  expect(idleOrder({ idleLimit: limit, graceMs: 1 }, 60_000)).toBeUndefined()
  expect(idleOrder({ idleLimit: limit, graceMs: 1 }, null)).toBeUndefined()
  expect(idleOrder({ idleLimit: null, graceMs: 1 }, 1e9)).toBeUndefined()
  expect(idleOrder({ idleLimit: limit, graceMs: 1 }, 60_001)?.sentence).toBe(
    'Its GPUs did nothing for 61 s, longer than the 60 s that this worker allows.',
  )
})
