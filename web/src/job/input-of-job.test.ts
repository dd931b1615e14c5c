import { expect, it } from 'vitest'
import { inputOfJob } from './input-of-job.ts'
import { FULL_JOB, NOW, testJob } from './testing.ts'

it('says of a plain job no more than is needed', () => {
  expect(Object.entries(inputOfJob(testJob(), NOW))).toEqual([
    ['name', 'true'],
    ['command', ['true']],
    ['gpus', { count: 0 }],
    ['account', 'team-a'],
  ])
})

it('says everything that was asked for, and of the jobs to wait for those that have not ended', () => {
  expect(inputOfJob(FULL_JOB, NOW)).toEqual({
    name: FULL_JOB.name,
    command: FULL_JOB.command,
    gpus: FULL_JOB.gpus,
    env: FULL_JOB.env,
    workingDirectory: '/data/my runs',
    account: 'team-a',
    priority: -5,
    timeoutSeconds: 3600,
    maxIdleSeconds: 900,
    maxRetries: 2,
    retry: { exitCodes: [1, 137], backoffSeconds: 10, maxBackoffSeconds: 60 },
    dependsOn: ['b'],
    after: ['c'],
    startAt: '2026-03-01T18:30:00.000Z',
    preemptible: true,
    warning: { signal: 'SIGUSR1', seconds: 30 },
    workerLabels: { zone: 'a' },
    container: {
      image: 'python:3.13',
      mounts: [
        { source: '/data', target: '/data', readOnly: true },
        { source: '/out', target: '/mnt/out' },
      ],
    },
    limits: { memoryMb: 8192, cpus: 1.5 },
    secrets: ['HF_TOKEN'],
  })
})

it('leaves out a start that has passed, and bounds that nobody gave', () => {
  expect(inputOfJob(FULL_JOB, Date.parse('2026-04-01T00:00:00.000Z'))).not.toHaveProperty('startAt')
  const slow = testJob({ retry: { exitCodes: null, backoffSeconds: 7200, maxBackoffSeconds: 7200 } })
  expect(inputOfJob(slow, NOW).retry).toEqual({ backoffSeconds: 7200 })
})
