// Submits and cancels jobs by REST, and keeps the harness's own journal of what was asked and what was answered.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { repositoryRoot } from '@constellation/local/repository.ts'
import * as v from 'valibot'
import type { Submit } from './history.ts'
import type { Planned } from './plan.ts'
import type { Rig } from './rig.ts'
import { truthCommand } from './truth.ts'
import { until } from './until.ts'

const stored = v.object({ id: v.string() })

/** A submission that hangs is given up after this, in milliseconds: whether it was stored nobody knows then. */
const PATIENCE_MS = 20_000
/** From an answer that says to try again to the next try, in milliseconds. */
const PAUSE_MS = 300
/** After this long no further try is made, in milliseconds. */
const TRYING_MS = 90_000

/** True where a submission can be sent again without becoming two jobs. */
export function hasKeys(): boolean {
  return readFileSync(path.join(repositoryRoot, 'schema/openapi.yaml'), 'utf8').includes('Idempotency-Key')
}

/**
 * Submits each job at its moment, as a careful client does: again until it is acknowledged or refused, under one key
 * where there are keys. Those that are to be cancelled are, for as often as it takes.
 */
export async function submitAll(rig: Rig, plan: readonly Planned[], journal: Submit[]): Promise<void> {
  const keyed = hasKeys()
  await Promise.all(
    plan.map(async (job) => {
      await delay(job.afterMs)
      const jobId = await insistOnSubmit(rig, job, keyed ? `key-${job.name}` : null, journal)
      if (job.cancelAfterMs === null || jobId === null) return
      await delay(job.cancelAfterMs)
      await insistOnCancel(rig, jobId)
    }),
  )
}

async function insistOnSubmit(rig: Rig, job: Planned, key: string | null, journal: Submit[]): Promise<string | null> {
  for (const deadline = performance.now() + TRYING_MS; performance.now() < deadline; await delay(PAUSE_MS)) {
    const submit = await submitOnce(rig, job, key)
    journal.push(submit)
    if (submit.outcome !== 'unanswered') return submit.jobId
  }
  return null
}

/** One submission and its answer, whatever that is. */
export async function submitOnce(rig: Rig, job: Planned, key: string | null = null): Promise<Submit> {
  const { name, expects, gpus, maxRetries, act } = job
  const params = { command: truthCommand(rig.truth, act), gpus, max_retries: maxRetries }
  const known = { name, key, expects }
  try {
    const answer = await rig.rest('/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== null && { 'idempotency-key': key }) },
      body: JSON.stringify({ name, params }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const { status } = answer
    const body: unknown = await answer.json()
    if (answer.ok) return { ...known, outcome: 'acknowledged', status, jobId: v.parse(stored, body).id }
    return { ...known, outcome: status < 500 ? 'refused' : 'unanswered', status, jobId: null }
  } catch {
    return { ...known, outcome: 'unanswered', status: null, jobId: null }
  }
}

/** @throws Error where no answer comes for very long */
async function insistOnCancel(rig: Rig, jobId: string): Promise<void> {
  const cancel = async () => {
    const init = { method: 'DELETE', signal: AbortSignal.timeout(PATIENCE_MS) }
    return (await rig.rest(`/jobs/${jobId}`, init)).status < 500
  }
  await until(`the cancelling of job ${jobId} is answered`, cancel, TRYING_MS)
}
