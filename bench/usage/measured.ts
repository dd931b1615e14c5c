import type { Clicks } from './clicks.ts'
import type { Filled } from './dataset.ts'
import type { Growth } from './growth.ts'
import type { Times } from './latency.ts'
import type { MadeAnew } from './make-anew.ts'
import type { Comparison } from './side-by-side.ts'

/** What was measured of a ledger of one size; what was not asked for is left out. */
export interface Measured {
  runs: number
  filled?: Filled
  anew?: MadeAnew
  compared?: readonly Comparison[]
  /** Since the smallest ledger. */
  growth?: readonly Growth[]
  times?: readonly Times[]
  clicks?: Clicks
  memoryMb?: number
  fresh?: { medianMs: number; mostMs: number }
}
