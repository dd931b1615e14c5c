// Jobs and messages as the services make them, for tests.
import { randomUUID } from 'node:crypto'
import type { TestChunk, TestJob } from './services.ts'

const AT = '2026-01-31T12:00:00.000Z'

/** A job of alice, queued. */
export function makeJob(more: Partial<TestJob> = {}): TestJob {
  return {
    id: randomUUID(),
    name: 'train',
    state: 'QUEUED',
    version: 1,
    priority: 0,
    account: 'team-a',
    submittedBy: 'alice',
    createdAt: AT,
    startedAt: null,
    finishedAt: null,
    reason: null,
    cancelRequested: false,
    ...more,
  }
}

/** The message that tells of a job. */
export function jobMessage(job: TestJob, id: string = randomUUID()) {
  return { id, ts: AT, type: 'job.changed', job: { ...job, state: job.state.toLowerCase() }, run: null }
}

export function usageMessage(job: TestJob, id: string = randomUUID()) {
  return {
    id,
    ts: AT,
    type: 'usage.recorded',
    jobId: job.id,
    runId: randomUUID(),
    account: job.account,
    user: job.submittedBy,
    gpuMicroseconds: 1,
  }
}

export function makeChunk(runId: string, seq: number, more: Partial<TestChunk> = {}): TestChunk {
  return { runId, seq, at: AT, stream: 'STDOUT', text: `line ${seq}\n`, firstLine: seq, end: false, ...more }
}

/** The message that tells of a chunk. */
export function logMessage(chunk: TestChunk) {
  return { ...chunk, stream: chunk.stream.toLowerCase(), epoch: 1 }
}
