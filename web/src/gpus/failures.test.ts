import { expect, it } from 'vitest'
import { failureRows, faultRows } from './failures.ts'

const NOW = Date.parse('2026-03-31T00:00:00Z')

function faultOf(id: string, at: string, clearedAt: string | null = at) {
  const severity = 'DRAIN' as const
  return { id, kind: 'XID' as const, xid: 48, severity, message: 'm', firstAt: at, lastAt: at, count: 1, clearedAt }
}

function gpu(id: string, gpuFailed: number, lost: number, faultsAt: string[] = []) {
  return {
    id,
    uuid: id,
    name: 'A100',
    index: 0,
    simulated: false,
    worker: { id: 'w', hostname: 'w' },
    runCounts: { completed: 5, failed: 1, cancelled: 1, preempted: 1, lost, gpuFailed },
    recentFaults: faultsAt.map((firstAt, index) => faultOf(`${id}-${index}`, firstAt)),
  }
}

it('names the GPUs that failed most first, and leaves out those that did not', () => {
  const rows = failureRows([gpu('fine', 0, 0), gpu('lossy', 0, 9), gpu('worst', 3, 0), gpu('bad', 1, 2)], NOW)
  expect(rows.map((row) => row.gpu.id)).toEqual(['worst', 'bad', 'lossy'])
  expect(rows[1]).toMatchObject({ gpuFailed: 1, lost: 2, runs: 11 })
})

it('counts the faults of the same time only', () => {
  const [row] = failureRows([gpu('bad', 1, 0, ['2026-03-30T00:00:00Z', '2026-02-01T00:00:00Z'])], NOW)
  expect(row?.faults).toBe(1)
})

it('lists the faults of all GPUs, the newest first, and of the old ones those that stand', () => {
  const old = gpu('old', 0, 0, ['2025-01-01T00:00:00Z'])
  const standing = { ...gpu('standing', 0, 0), recentFaults: [faultOf('open', '2025-02-01T00:00:00Z', null)] }
  const rows = faultRows([old, standing, gpu('new', 0, 0, ['2026-03-29T00:00:00Z', '2026-03-30T00:00:00Z'])], NOW)
  expect(rows.map(({ fault }) => fault.id)).toEqual(['new-1', 'new-0', 'open'])
})
