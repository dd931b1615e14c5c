import { expect, test } from 'vitest'
import type { Span } from './receiver.ts'
import { traceJob } from './trace-job.ts'
import { toTree } from './tree.ts'
import { isWhole, missingStations } from './whole.ts'

function span(id: string, parent: string | undefined, from: number, to: number): Span {
  return { service: 'constellation-jobs', name: id, traceId: 't', id, parent, from, to, failed: id === 'bad' }
}

test('a job is one trace, from the page to its own process and to the ledger', { timeout: 180_000 }, async () => {
  const { spans } = await traceJob()
  expect(missingStations(spans)).toEqual([])
  expect(isWhole(spans)).toBe(true)
  // What the process tells follows from the run that its worker tells of at the end.
  const run = spans.find(({ name }) => name === 'run')
  expect(spans.find(({ name }) => name === 'train')?.parent).toBe(run?.id)
})

test('a tree shows what follows from what, in the order of time', () => {
  const spans = [
    span('late', 'root', 30, 40),
    span('root', 'page', 0, 50),
    span('bad', 'root', 10, 20),
    span('leaf', 'bad', 11, 12),
  ]
  expect(toTree(spans).map((line) => line.replace(/ {2,}/g, ' '))).toEqual([
    ' +0.0 50.0 ms jobs root',
    ' +10.0 10.0 ms jobs ├ bad ✗',
    ' +11.0 1.0 ms jobs │ └ leaf',
    ' +30.0 10.0 ms jobs └ late',
  ])
})

test('a trace in which something is missing is not whole', () => {
  expect(missingStations([span('run', undefined, 0, 1)])).toContain('gateway ^POST \\/graphql$')
  expect(isWhole([])).toBe(false)
})
