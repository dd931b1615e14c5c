// A job for tests.
import type { JobDetailsFragment } from '../generated/documents.ts'

/** A job that asked for nothing but its command, but for what `part` says. */
export function testJob(part: Partial<JobDetailsFragment> = {}): JobDetailsFragment {
  return {
    id: '0199a1b2-0000-7000-8000-000000000001',
    name: 'true',
    state: 'COMPLETED',
    version: 4,
    account: 'team-a',
    submittedBy: 'alice',
    createdAt: '2026-01-31T12:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    reason: null,
    cancelRequested: false,
    gpus: { count: 0, minMemoryMb: null, model: null, minComputeCapability: null },
    array: null,
    usage: null,
    priority: 0,
    command: ['true'],
    commandLine: 'true',
    shell: false,
    env: {},
    workingDirectory: null,
    timeoutSeconds: null,
    maxIdleSeconds: null,
    maxRetries: 0,
    retry: { exitCodes: null, backoffSeconds: 0, maxBackoffSeconds: 3600 },
    template: null,
    schedule: null,
    startAt: null,
    preemptible: false,
    warning: null,
    workerLabels: {},
    secrets: [],
    container: null,
    limits: { memoryMb: null, cpus: null },
    queue: null,
    dependsOn: [],
    after: [],
    runs: [],
    ...part,
  }
}

/** One that asked for everything. */
export const FULL_JOB: JobDetailsFragment = testJob({
  name: 'it’s "all"',
  command: ['python3', '-c', `print("it's $HOME", '''\\n''')\n# ünï`],
  gpus: { count: 2, minMemoryMb: 40_960, model: 'A100', minComputeCapability: '8.0' },
  priority: -5,
  env: { LR: '0.1', NOTE: `two\nlines 'and' "quotes"`, EMPTY: '' },
  workingDirectory: '/data/my runs',
  timeoutSeconds: 3600,
  maxIdleSeconds: 900,
  maxRetries: 2,
  retry: { exitCodes: [1, 137], backoffSeconds: 10, maxBackoffSeconds: 60 },
  startAt: '2026-03-01T18:30:00.000Z',
  preemptible: true,
  warning: { signal: 'SIGUSR1', seconds: 30 },
  workerLabels: { zone: 'a' },
  secrets: ['HF_TOKEN'],
  container: {
    image: 'python:3.13',
    mounts: [
      { source: '/data', target: '/data', readOnly: true },
      { source: '/out', target: '/mnt/out', readOnly: false },
    ],
  },
  limits: { memoryMb: 8192, cpus: 1.5 },
  dependsOn: [
    { id: 'b', name: 'b', state: 'RUNNING', cancelRequested: false },
    { id: 'over', name: 'over', state: 'FAILED', cancelRequested: false },
  ],
  after: [{ id: 'c', name: 'c', state: 'QUEUED', cancelRequested: false }],
})

/** Before the start of the full job. */
export const NOW = Date.parse('2026-01-31T12:00:00.000Z')
