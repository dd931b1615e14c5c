// What is entered in the ledger and what becomes of budgets, counted by the events that tell of it.
import { budgetEvent } from '@constellation/platform/events/budgets.ts'
import { usageEvent } from '@constellation/platform/events/usage-event.ts'
import type { PublishedEvent } from '@constellation/platform/nats/outbox.ts'
import * as v from 'valibot'
import { budgetCrossings, gpuSecondsRecorded, runsRecorded } from './metrics.ts'

const recorded = v.pick(usageEvent, ['gpuMicroseconds'])
const crossed = v.pick(budgetEvent, ['threshold'])

/** Counts an event. */
export function countEvent({ type, payload }: PublishedEvent): void {
  if (type === 'usage.recorded') {
    const usage = v.safeParse(recorded, payload)
    runsRecorded.inc()
    if (usage.success) gpuSecondsRecorded.inc(Math.max(0, usage.output.gpuMicroseconds) / 1e6)
  }
  if (type === 'budget.crossed') {
    const budget = v.safeParse(crossed, payload)
    if (budget.success) budgetCrossings.inc({ threshold: bandOf(budget.output.threshold ?? 0) })
  }
}

/** People choose thresholds as they like: a label must not. */
export function bandOf(threshold: number): string {
  if (threshold <= 50) return '50'
  if (threshold <= 80) return '80'
  return threshold <= 100 ? '100' : 'above'
}
