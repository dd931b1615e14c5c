// What the same questions cost of a ledger of one size and of a larger one, asked in turn: what the machine does meanwhile is
// the same for both.
import { startAnalyst } from '@constellation/usage/lake/ask.ts'
import { median } from '../queue/statistics.ts'
import { type Dataset, log } from './dataset.ts'
import { COMPARED } from './questions.ts'
import { costOf, LAKE, toGroups } from './side-by-side.ts'

/** Of each question, after one that does not count. */
const ROUNDS = 12

export interface Growth {
  title: string
  /** Of the smaller ledger and of the larger one, the medians. */
  from: { runs: number; ms: number }
  to: { runs: number; ms: number }
}

/** Both lakes must have been filled. */
export async function measureGrowth(smaller: Dataset, larger: Dataset): Promise<Growth[]> {
  const both = [smaller, larger].map((dataset) => {
    const { directory, pool } = dataset
    return { dataset, analyst: startAnalyst({ directory, pool, log, ...LAKE }), costs: [] as number[] }
  })
  try {
    const found: Growth[] = []
    for (const question of COMPARED) {
      for (let round = 0; round <= ROUNDS; round++) {
        for (const { dataset, analyst, costs } of both) {
          const { ms } = await costOf(dataset, async () => (await analyst.ask(toGroups(question))).rows)
          if (round > 0) costs.push(ms)
        }
      }
      const [from, to] = both.map(({ dataset: { runs }, costs }) => ({ runs, ms: median(costs.splice(0)) }))
      if (from && to) found.push({ title: question.title, from, to })
    }
    return found
  } finally {
    for (const { analyst } of both) await analyst.stop()
  }
}
