import { describe, expect, test } from 'vitest'
import type { RestJobFragment } from '../generated/documents.ts'
import { NOTHING_MORE } from '../testing/fake-job.ts'
import { toJob } from './shape.ts'
import { toSubmitJobInput, toSubmitJobInputs } from './submission.ts'
import { toBatchProblems, toSubmissionProblems } from './submission-problems.ts'

const JOB: RestJobFragment = {
  id: 'j',
  name: 'train',
  state: 'CANCELLED',
  version: 1,
  priority: -1,
  account: 'team-a',
  submittedBy: 'alice',
  createdAt: '2026-01-31T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  reason: 'Cancelled by bob.',
  cancelRequested: true,
  command: ['a'],
  shell: false,
  gpus: { count: 0, minMemoryMb: null, model: null, minComputeCapability: null },
  ...NOTHING_MORE,
  runs: [],
}

describe('a job', () => {
  test('has its fields in snake_case and its state in lower case', () => {
    expect(toJob(JOB)).toEqual({
      id: 'j',
      name: 'train',
      params: { command: ['a'], gpus: 0 },
      template: null,
      priority: -1,
      state: 'cancelled',
      created_at: '2026-01-31T12:00:00.000Z',
      submitted_by: 'alice',
      account: 'team-a',
      started_at: null,
      finished_at: null,
      reason: 'Cancelled by bob.',
      cancel_requested: true,
      runs: [],
    })
  })

  test('has what it waits for, its place in an array and its schedule where there are such', () => {
    expect(
      toJob({
        ...JOB,
        array: { id: 'a', index: 1, size: 3 },
        dependsOn: [{ id: 'd' }],
        after: [{ id: 'e' }],
        startAt: '2026-01-31T12:00:00.000Z',
        schedule: 'nightly',
      }),
    ).toMatchObject({
      array: { id: 'a', index: 1, size: 3 },
      depends_on: ['d'],
      after: ['e'],
      start_at: '2026-01-31T12:00:00.000Z',
      schedule: 'nightly',
    })
  })

  test('has what it has cost where that was asked for', () => {
    expect(toJob({ ...JOB, usage: { gpuSeconds: 0 } }).gpu_seconds).toBe(0)
  })

  test('has gpus as a number, or as an object where kind or memory was asked for', () => {
    const gpus = (request: Partial<RestJobFragment['gpus']>) =>
      toJob({ ...JOB, gpus: { ...JOB.gpus, ...request } }).params.gpus
    expect(gpus({ count: 2 })).toBe(2)
    expect(gpus({ count: 2, minMemoryMb: 0, model: '' })).toBe(2)
    expect(gpus({ count: 2, minMemoryMb: 8 })).toEqual({ count: 2, min_memory_mb: 8 })
    expect(gpus({ count: 1, minComputeCapability: '8.0' })).toEqual({ count: 1, min_compute_capability: '8.0' })
    expect(gpus({ count: 1, model: 'A100' })).toEqual({ count: 1, model: 'A100' })
  })

  test('has the metrics of an attempt, which held no GPU, in snake_case', () => {
    const metrics = {
      meanUtilisationPercent: 1,
      maxUtilisationPercent: 2,
      peakMemoryMb: 3,
      meanPowerWatts: 4,
      maxPowerWatts: 5,
      energyJoules: null,
      maxTemperatureC: 6,
      throttledSeconds: 7,
      throttleReasons: ['HW_THERMAL' as const],
      idleSeconds: 8,
      xids: [79],
    }
    const run = {
      id: 'r',
      attempt: 1,
      state: 'LOST' as const,
      exitCode: null,
      signal: 'SIGKILL',
      outcome: 'GPU_FAILED' as const,
      reason: null,
      startedAt: null,
      finishedAt: null,
      idleSince: null,
      gpus: [],
      metrics,
    }
    expect(toJob({ ...JOB, runs: [run] }).runs[0]).toEqual({
      id: 'r',
      job_id: 'j',
      attempt: 1,
      gpu_id: null,
      gpus: [],
      started_at: null,
      finished_at: null,
      state: 'lost',
      exit_code: null,
      signal: 'SIGKILL',
      outcome: 'gpu_failed',
      reason: null,
      idle_since: null,
      metrics: {
        mean_utilisation_percent: 1,
        max_utilisation_percent: 2,
        peak_memory_mb: 3,
        mean_power_watts: 4,
        max_power_watts: 5,
        energy_joules: null,
        max_temperature_c: 6,
        throttled_seconds: 7,
        throttle_reasons: ['hw_thermal'],
        idle_seconds: 8,
        xids: [79],
      },
    })
  })
})

describe('a submission', () => {
  test('without a command and without a name is refused', () => {
    expect(() => toSubmitJobInput({ params: {} })).toThrow('params.command: is missing')
  })

  test("keeps the names of variables and arguments in the paths of problems, and turns the graph's own into REST's", () => {
    const paths = (params: Parameters<typeof toSubmitJobInput>[0]['params'], path: string) =>
      toSubmissionProblems({ params }, [{ path, message: 'm' }]).map((problem) => problem.path)
    const command = { command: ['a'] }
    expect(paths(command, 'env.myVar')).toEqual(['params.env.myVar'])
    expect(paths({ myArg: 1 }, 'arguments.myArg')).toEqual(['params.myArg'])
    expect(paths(command, 'workingDirectory')).toEqual(['params.working_directory'])
    expect(paths(command, 'timeoutSeconds')).toEqual(['params.timeout_seconds'])
    expect(paths(command, 'maxIdleSeconds')).toEqual(['params.max_idle_seconds'])
    expect(paths(command, 'gpus.minMemoryMb')).toEqual(['params.gpus.min_memory_mb'])
    expect(paths({ ...command, gpus: 1 }, 'gpus.count')).toEqual(['params.gpus'])
    expect(paths(command, 'command.0')).toEqual(['params.command.0'])
    expect(paths({ command: 'a', shell: true }, 'command')).toEqual(['params.command'])
    expect(paths(command, 'priority')).toEqual(['priority'])
    expect(paths(command, '')).toEqual([''])
    expect(paths(command, 'dependsOn.0')).toEqual(['depends_on.0'])
    expect(paths(command, 'array.maxParallel')).toEqual(['array.max_parallel'])
    expect(paths(command, 'startAt')).toEqual(['start_at'])
    expect(paths(command, 'retry.exitCodes.0')).toEqual(['params.retry.exit_codes.0'])
    expect(paths(command, 'container.mounts.0.readOnly')).toEqual(['params.container.mounts.0.read_only'])
    expect(paths(command, 'workerLabels.myLabel')).toEqual(['params.worker_labels.myLabel'])
  })

  test('of a batch keeps its position in the paths of problems', () => {
    const jobs = [{ params: { command: ['a'] } }, { name: 't', params: { myArg: 1 } }]
    const paths = (path: string) => toBatchProblems(jobs, [{ path, message: 'm' }]).map((problem) => problem.path)
    expect(paths('inputs.0.env.myVar')).toEqual(['jobs.0.params.env.myVar'])
    expect(paths('inputs.1.arguments.myArg')).toEqual(['jobs.1.params.myArg'])
    expect(paths('inputs.1.template')).toEqual(['jobs.1.name', 'jobs.1.params.command'])
    expect(paths('inputs.1')).toEqual(['jobs.1'])
    expect(paths('inputs')).toEqual(['jobs'])
    expect(() => toSubmitJobInputs({ jobs: [{ params: { command: ['a'] } }, { params: {} }] })).toThrow(
      'jobs.1.params.command: is missing',
    )
  })
})
