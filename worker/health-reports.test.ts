import { expect, test } from 'vitest'
import type { GpuHealthReading } from './gpu/provider.ts'
import { type GpuKnowledge, levelsOf, reportsOn, type Verdict } from './health-reports.ts'
import { healthy } from './testing/scripted-gpus.ts'
import type { Happening } from './unheard.ts'

const gpu = (change: Partial<GpuKnowledge> = {}): GpuKnowledge => ({
  gpuId: 'id',
  reading: healthy('a'),
  runId: 'now',
  strangers: [],
  verdict: undefined,
  ...change,
})
const heard = (about: GpuKnowledge, usable = true): Verdict => ({
  gpuId: 'id',
  usable,
  endRun: false,
  reason: null,
  levels: levelsOf(about),
})

test('a GPU of which nothing was heard is told of, and then only when it changes', () => {
  expect(reportsOn(gpu(), [])).toMatchObject([{ input: { gpuId: 'id', runId: 'now', xids: [], lost: false } }])
  const known = gpu({ verdict: heard(gpu()) })
  expect(reportsOn(known, [])).toEqual([])
  const changes: Partial<GpuHealthReading>[] = [
    { lost: true },
    { doubleBitEccErrors: 1 },
    { remapPending: true },
    { remapFailed: true },
    { recoveryAction: 'RESET' },
    { temperatureC: null },
  ]
  for (const change of changes) {
    const [report] = reportsOn({ ...known, reading: { ...known.reading, ...change } }, [])
    expect(report?.input).toMatchObject(change)
  }
  expect(reportsOn({ ...known, strangers: [{ pid: 7 }] }, [])).toMatchObject([{ input: { strangers: [{ pid: 7 }] } }])
})

test('a temperature is news only where it passes one of the card’s limits, or has cooled down well', () => {
  const levels = [30, 80, 81, 89, 90, 94, 95, 120].map((temperatureC) =>
    levelsOf({ reading: { ...healthy('a'), temperatureC }, strangers: [] }),
  )
  expect(levels.map((one) => levels.indexOf(one))).toEqual([0, 0, 2, 2, 4, 4, 6, 6])
})

test('the order of strangers is no news', () => {
  const reading = healthy('a')
  const levels = levelsOf({ reading, strangers: [{ pid: 10 }, { pid: 9 }] })
  expect(levelsOf({ reading, strangers: [{ pid: 9 }, { pid: 10 }] })).toBe(levels)
})

test('a GPU that is out of service is told of each time', () => {
  expect(reportsOn(gpu({ verdict: heard(gpu(), false) }), [])).toHaveLength(1)
})

test('what happened is told with the run of that time', () => {
  const unheard: Happening[] = [
    { seq: 4, uuid: 'a', runId: 'then', what: { xid: 79, at: 0 } },
    { seq: 5, uuid: 'a', runId: null, what: 'reset' },
  ]
  expect(reportsOn(gpu({ verdict: heard(gpu()) }), unheard)).toMatchObject([
    { input: { runId: 'then', xids: [{ code: 79 }], wasReset: false }, lastSeq: 4 },
    { input: { runId: null, xids: [], wasReset: true }, lastSeq: 5 },
  ])
})
