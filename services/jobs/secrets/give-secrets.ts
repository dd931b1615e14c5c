// The runs of a claim are given the secrets that their jobs ask for. A run whose secret was removed meanwhile ends
// before it starts, and says which it was.
import { inTransaction } from '@constellation/platform/database/database.ts'
import type { Context } from '../context.ts'
import { endRuns } from '../ends/end.ts'
import type { Claim } from '../sql/bind.ts'
import { findLive } from '../sql/live.ts'
import { readSecrets } from '../sql/secrets.ts'

/** What its worker gets: by name, what the job's process finds in its environment. */
export interface SecretClaim extends Claim {
  secrets: Record<string, string>
}

export async function giveSecrets(context: Context, claims: readonly Claim[]): Promise<SecretClaim[]> {
  const { pool, secretsKey } = context
  const wanted = claims.map(({ job }) => ({ account: job.account, names: job.params.secrets ?? [] }))
  const found = await readSecrets(pool, secretsKey, wanted)
  const given: SecretClaim[] = []
  for (const [i, claim] of claims.entries()) {
    const secrets = found[i]
    if (secrets && 'values' in secrets) given.push({ ...claim, secrets: secrets.values })
    else await refuse(context, claim, secrets?.missing ?? [])
  }
  return given
}

async function refuse({ pool, announce }: Context, { job, run }: Claim, missing: readonly string[]): Promise<void> {
  const reason = `Not started: ${job.account} has no secret ${missing.join(', ')} any more.`
  const ending = { outcome: 'NOT_STARTED', exitCode: null, signal: null, reason } as const
  const { queueGrew } = await inTransaction(pool, async (client) => {
    const live = await findLive(client, [run.id])
    return endRuns(
      client,
      live.map((each) => ({ run: each, report: { ending, logChunks: 0, metrics: null, endedMsAgo: 0 } })),
    )
  })
  if (queueGrew) announce.queueGrew()
  else announce.changed()
}
