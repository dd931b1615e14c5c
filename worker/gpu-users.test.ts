import { expect, test } from 'vitest'
import { ownerOf, type ProcessMarks, type RunMarks } from './gpu-users.ts'

const shim = { pid: 50, startedAt: '7' }
const run: RunMarks = { runId: 'run', shims: [shim], members: new Set(), container: null, uid: null }
const init = { pid: 1, startedAt: '0' }
const process: ProcessMarks = { pid: 60, lineage: [{ pid: 60, startedAt: '9' }, init], uid: 0, groupPaths: '0::/x\n' }

test('a run’s own are those of its shim, its groups, its user and its container', () => {
  const own: [ProcessMarks, RunMarks][] = [
    [{ ...process, lineage: [{ pid: 60, startedAt: '9' }, shim, init] }, run],
    [process, { ...run, members: new Set([60]) }],
    [
      { ...process, uid: 4_000 },
      { ...run, uid: 4_000 },
    ],
    [
      { ...process, groupPaths: '0::/docker/abc123/x\n' },
      { ...run, container: 'abc123' },
    ],
  ]
  for (const [one, of] of own) expect(ownerOf(one, [of], true)).toEqual({ runId: 'run' })
})

test('a process of no run is a stranger, also under a number that was a shim’s', () => {
  expect(ownerOf(process, [run], true)).toBe('stranger')
  expect(ownerOf({ ...process, lineage: [{ pid: 50, startedAt: '8' }, init] }, [run], true)).toBe('stranger')
})

test('one that cannot be looked at, or that is numbered by somebody else, is unknown', () => {
  expect(ownerOf({ ...process, lineage: undefined }, [run], true)).toBe('unknown')
  expect(ownerOf({ ...process, groupPaths: '' }, [run], true)).toBe('unknown')
  expect(ownerOf(process, [run], false)).toBe('unknown')
})
