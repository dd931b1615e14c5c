import { expect, it } from 'vitest'
import { idleRuns } from './idle.ts'
import { gpuCard, heldBy } from './testing.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

it('counts the hours of all GPUs that a run leaves idle, the worst first', () => {
  const small = heldBy('small', 'ada', '2026-03-01T09:00:00Z')
  const large = heldBy('large', 'bo', '2026-03-01T10:00:00Z')
  const rows = idleRuns(
    [
      gpuCard('a', { inUse: true, currentRun: small }),
      gpuCard('b', { inUse: true, currentRun: large }),
      gpuCard('c', { inUse: true, currentRun: large }),
      gpuCard('d', { inUse: true, currentRun: heldBy('busy', 'cy') }),
      gpuCard('e'),
    ],
    NOW,
  )
  expect(rows.map(({ job, gpuHours, gpus }) => [job.name, gpuHours, gpus.length])).toEqual([
    ['large', 4, 2],
    ['small', 3, 1],
  ])
})
