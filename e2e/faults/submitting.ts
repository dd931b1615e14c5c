// Submits and cancels jobs by REST, and keeps the harness's own journal of what was asked and what was answered.
import { setTimeout as delay } from 'node:timers/promises'
import * as v from 'valibot'
import type { Submit } from './history.ts'
import type { Planned } from './plan.ts'
import type { Rig } from './rig.ts'
import { truthCommand } from './truth.ts'

const stored = v.object({ id: v.string() })

/** A submission that hangs is given up after this, in milliseconds: whether it was stored nobody knows then. */
const PATIENCE_MS = 20_000
const CANCEL_RETRY_MS = 500

/** Submits each job at its moment, once; those that are to be cancelled are, for as often as it takes. */
export async function submitAll(rig: Rig, plan: readonly Planned[], journal: Submit[]): Promise<void> {
  await Promise.all(
    plan.map(async (job) => {
      await delay(job.afterMs)
      const submit = await submitOnce(rig, job)
      journal.push(submit)
      if (job.cancelAfterMs === null || submit.jobId === null) return
      await delay(job.cancelAfterMs)
      await insistOnCancel(rig, submit.jobId)
    }),
  )
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
    if (status === 201) return { ...known, outcome: 'acknowledged', status, jobId: v.parse(stored, body).id }
    return { ...known, outcome: status < 500 ? 'refused' : 'unanswered', status, jobId: null }
  } catch {
    return { ...known, outcome: 'unanswered', status: null, jobId: null }
  }
}

async function insistOnCancel(rig: Rig, jobId: string): Promise<void> {
  for (;;) {
    const status = await rig
      .rest(`/jobs/${jobId}`, { method: 'DELETE', signal: AbortSignal.timeout(PATIENCE_MS) })
      .then(
        (answer) => answer.status,
        () => 503,
      )
    if (status < 500) return
    await delay(CANCEL_RETRY_MS)
  }
}
