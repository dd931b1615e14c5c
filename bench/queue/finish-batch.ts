// The one place that says how a batch of runs is ended.
import type { Claim } from '@constellation/jobs/claim.ts'
import type { Context } from '@constellation/jobs/context.ts'
import { finishRun } from '@constellation/jobs/finish.ts'

/** More at once would only wait for connections. */
const AT_ONCE = 100

/** Reports the success of every run, as a worker would. */
export async function finishBatch(context: Context, claims: readonly Claim[]): Promise<void> {
  for (let from = 0; from < claims.length; from += AT_ONCE) {
    await Promise.all(claims.slice(from, from + AT_ONCE).map((claim) => finishRun(context, endOf(claim))))
  }
}

function endOf({ run }: Claim) {
  return { runId: run.id, epoch: run.leaseEpoch, outcome: 'EXITED', exitCode: 0, logChunks: 1 } as const
}
