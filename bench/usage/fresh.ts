// From the event of a run's end to the analysts' answer that has the run.
import { setTimeout as delay } from 'node:timers/promises'
import type { JobEvent } from '@constellation/platform/events/job-event.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import * as v from 'valibot'
import { askGraph } from '../gateway/ask.ts'
import { median } from '../queue/statistics.ts'
import { waitFor } from '../queue/within.ts'
import type { Subject } from './subject.ts'

const RUNS = 20
const LIMIT_SECONDS = 15
const RUNS_OF = `query ($account: String!, $from: DateTime!) {
  usage(range: { from: $from }, filter: { account: $account }, metrics: []) { total { runs } } }`
const counted = v.object({ usage: v.object({ total: v.object({ runs: v.number() }) }) })

/** In milliseconds: the median and the most. */
export async function measureFreshness({ url, natsUrl }: Subject): Promise<{ medianMs: number; mostMs: number }> {
  const nats = await connectNats(natsUrl, 'bench')
  const times: number[] = []
  try {
    for (let i = 0; i < RUNS; i++) {
      const event = endOfRun(i, Date.now())
      const from = new Date(Date.now() - (Date.now() % 3_600_000) - 86_400_000).toISOString()
      const began = performance.now()
      nats.publish(SUBJECTS.jobEvents(event.job.id), JSON.stringify(event))
      await waitFor(LIMIT_SECONDS, 'A run in the answer', async () => {
        const { usage } = v.parse(counted, await askGraph(url, RUNS_OF, { account: event.job.account, from }))
        return usage.total.runs === 1 || undefined
      })
      times.push(performance.now() - began)
      // At any moment of how long what was read of PostgreSQL is kept.
      await delay(50 * i)
    }
  } finally {
    await nats.close()
  }
  return { medianMs: median(times), mostMs: Math.max(...times) }
}

/** As the jobs service tells it: a run of a minute on one GPU, of an account of its own, that has just ended. */
function endOfRun(number: number, now: number): JobEvent {
  const [startedAt, finishedAt] = [new Date(now - 60_000).toISOString(), new Date(now).toISOString()]
  const id = (kind: string) => `00000000-0000-7000-${kind}-${now.toString(16).padStart(12, '0')}`
  return {
    id: `bench-${now}-${number}`,
    ts: finishedAt,
    type: 'job.completed',
    job: {
      id: id('8000'),
      name: 'fresh',
      state: 'completed',
      version: 1,
      priority: 0,
      account: `fresh-${number}`,
      submittedBy: 'bench',
      createdAt: startedAt,
      startedAt,
      finishedAt,
      reason: null,
      cancelRequested: false,
    },
    run: {
      id: id('a000'),
      attempt: 1,
      state: 'completed',
      epoch: 1,
      workerId: 'bench',
      startedAt,
      finishedAt,
      gpus: [{ id: id('b000'), uuid: 'GPU-bench', model: 'NVIDIA L4', simulated: true }],
    },
  }
}
