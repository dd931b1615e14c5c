import { afterEach, expect, test, vi } from 'vitest'
import type { Order, Report } from './protocol.ts'

afterEach(() => vi.unstubAllGlobals())

test('is heard of at once, also where the log says nothing for long: only a pattern takes too long', async () => {
  const told: Report[] = []
  let hear = (_: { data: Order }) => {}
  vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => {
    hear = listener
  })
  vi.stubGlobal('postMessage', (report: Report) => told.push(report))
  vi.stubGlobal('fetch', () => new Promise(() => {}))
  await import('./find-worker.ts')
  const pattern = { text: 'loss', isRegex: true, matchCase: false }
  hear({ data: { id: 7, address: '/jobs/1/logs', attempt: 1, token: '', pattern, context: 0 } })
  expect(told).toMatchObject([{ kind: 'found', id: 7, isDone: false, findings: { matches: [] } }])
})
