import { describe, expect, test } from 'vitest'
import { saveAccount } from './accounts/accounts.ts'
import type { SubmitJobInput } from './generated/resolvers.ts'
import { saveTemplate } from './submission/template.ts'
import { submitJob, submitJobs } from './submit.ts'
import { alice, analyst, operator, submitted, useBench, worker } from './testing.ts'

const bench = await useBench()

const count = async () => Number((await bench.database.pool.query('SELECT count(*) FROM jobs')).rows[0].count)

describe('a job', () => {
  test('is stored as it was asked for, for the first account of who submits it', async () => {
    const job = await submitted(bench, {
      command: ['python3', 'train.py', '--lr', '0.1'],
      gpus: { count: 2, minMemoryMb: 40_000, model: 'A100' },
      env: { LR: '0.1' },
      workingDirectory: '/data',
      priority: 3,
      timeoutSeconds: 60,
      maxRetries: 2,
    })
    expect(job).toMatchObject({
      name: 'python3 train.py --lr 0.1',
      state: 'queued',
      account: 'team-a',
      submittedBy: 'alice',
      params: {
        command: ['python3', 'train.py', '--lr', '0.1'],
        shell: false,
        env: { LR: '0.1' },
        workingDirectory: '/data',
      },
      gpuCount: 2,
      gpuMinMemoryMb: 40_000,
      gpuModel: 'A100',
      priority: 3,
      timeoutSeconds: 60,
      maxRetries: 2,
    })
    expect(bench.said.at(-1)).toBe('queueGrew')
  })

  test.each<[string, SubmitJobInput, string]>([
    ['no command', {}, 'command'],
    ['an empty command', { command: [] }, 'command'],
    ['an empty program', { command: [''] }, 'command'],
    ['a NUL in an argument', { command: ['echo', 'a\0b'] }, 'command.1'],
    ['half a character', { command: ['echo', '\uD800'] }, 'command.1'],
    ['fewer than no GPUs', { command: ['true'], gpus: { count: -1 } }, 'gpus.count'],
    ['more GPUs than a host has', { command: ['true'], gpus: { count: 65 } }, 'gpus.count'],
    ['a name of a variable with a space', { command: ['true'], env: { 'A B': '1' } }, 'env.A B'],
    ['a relative directory', { command: ['true'], workingDirectory: 'data' }, 'workingDirectory'],
    ['a time limit of nothing', { command: ['true'], timeoutSeconds: 0 }, 'timeoutSeconds'],
    ['too short an idleness', { command: ['true'], gpus: { count: 1 }, maxIdleSeconds: 59 }, 'maxIdleSeconds'],
    ['too long an idleness', { command: ['true'], gpus: { count: 1 }, maxIdleSeconds: 2_592_001 }, 'maxIdleSeconds'],
    ['a limit of idleness without GPUs', { command: ['true'], maxIdleSeconds: 60 }, 'maxIdleSeconds'],
    ['a priority out of bounds', { command: ['true'], priority: 1001 }, 'priority'],
    ['a name of blanks', { command: ['true'], name: '  ' }, 'name'],
    ['a shell with two lines', { command: ['a', 'b'], shell: true }, 'command'],
    ['the account of others', { command: ['true'], account: 'team-b' }, 'account'],
    ['arguments without a template', { command: ['true'], arguments: { a: '1' } }, 'arguments'],
    ['a template that is not there', { template: 'nothing' }, 'template'],
    ['an exit code of success', { command: ['true'], retry: { exitCodes: [0] } }, 'retry.exitCodes.0'],
    [
      'a longest pause below the first',
      { command: ['true'], retry: { backoffSeconds: 9, maxBackoffSeconds: 8 } },
      'retry.maxBackoffSeconds',
    ],
    ['an array of nothing', { command: ['true'], array: {} }, 'array'],
    [
      'an array of two kinds',
      { command: ['true'], array: { count: 1, sweep: [{ name: 'A', values: ['1'] }] } },
      'array',
    ],
    ['an array too large', { command: ['true'], array: { count: 10_001 } }, 'array.count'],
    [
      'a sweep of too many combinations',
      {
        command: ['true'],
        array: { sweep: ['A', 'B'].map((name) => ({ name, values: Array.from({ length: 101 }, String) })) },
      },
      'array.sweep',
    ],
    [
      'a sweep of no values',
      { command: ['true'], array: { sweep: [{ name: 'A', values: [] }] } },
      'array.sweep.0.values',
    ],
    [
      'a warning that cannot be heard',
      { command: ['true'], warning: { signal: 'SIGKILL', seconds: 1 } },
      'warning.signal',
    ],
    [
      'a warning before its start',
      { command: ['true'], timeoutSeconds: 9, warning: { seconds: 9 } },
      'warning.seconds',
    ],
    ['a label of no name', { command: ['true'], workerLabels: { '': 'a' } }, 'workerLabels.'],
    ['an image that is an option', { command: ['true'], container: { image: '--privileged' } }, 'container.image'],
    [
      'a mount that leads elsewhere',
      { command: ['true'], container: { image: 'a', mounts: [{ source: '/data/../etc', target: '/d' }] } },
      'container.mounts.0.source',
    ],
    [
      'a mount in place of everything',
      { command: ['true'], container: { image: 'a', mounts: [{ source: '/data', target: '//' }] } },
      'container.mounts.0.target',
    ],
    ['too little memory', { command: ['true'], limits: { memoryMb: 3 } }, 'limits.memoryMb'],
    ['no processor', { command: ['true'], limits: { cpus: 0 } }, 'limits.cpus'],
    [
      'a capability that is none',
      { command: ['true'], gpus: { minComputeCapability: '8' } },
      'gpus.minComputeCapability',
    ],
    ['a start that is no instant', { command: ['true'], startAt: '2026-02-30T00:00:00Z' }, 'startAt'],
    ['a ref that looks like an id', { command: ['true'], ref: '0199a1b2-0000-7000-8000-000000000001' }, 'ref'],
    ['too large an environment', { command: ['true'], env: { A: 'x'.repeat(131_072), B: 'x'.repeat(131_072) } }, 'env'],
  ])('with %s is refused with the path of the field, and nothing is stored', async (_, input, path) => {
    const before = await count()
    const result = await submitJob(bench.as(alice), input)
    expect('problems' in result && result.problems.map((problem) => problem.path)).toEqual([path])
    expect(await count()).toBe(before)
  })

  test('keeps everything else that it asked for', async () => {
    await bench.database.pool.query(`INSERT INTO known_workers VALUES ('worker-9', '{}', '{docker}', 1)`)
    const job = await submitted(bench, {
      gpus: { minComputeCapability: '8.6' },
      retry: { exitCodes: [75, 143], backoffSeconds: 10 },
      startAt: '2126-01-31T12:00:00+01:00',
      preemptible: true,
      warning: { seconds: 30 },
      workerLabels: { zone: 'a' },
      container: { image: 'ghcr.io/a/b:1@sha256:00', mounts: [{ source: '/data', target: '/d', readOnly: true }] },
      limits: { memoryMb: 1024, cpus: 0.5 },
      maxIdleSeconds: 2_592_000,
    })
    expect(job).toMatchObject({
      gpuCount: 1,
      gpuMinCapability: 806,
      executor: 'docker',
      preemptible: true,
      startAt: new Date('2126-01-31T11:00:00Z'),
      dependencies: 0,
      params: {
        retry: { exitCodes: [75, 143], backoffSeconds: 10, maxBackoffSeconds: 3600 },
        warning: { signal: 'SIGUSR1', seconds: 30 },
        workerLabels: { zone: 'a' },
        container: { image: 'ghcr.io/a/b:1@sha256:00', mounts: [{ source: '/data', target: '/d', readOnly: true }] },
        limits: { memoryMb: 1024, cpus: 0.5 },
        maxIdleSeconds: 2_592_000,
      },
    })
  })

  test('that asks for nothing else is stored without a word of it', async () => {
    const { params } = await submitted(bench)
    expect(Object.keys(params)).toEqual(['env', 'shell', 'command', 'workingDirectory'])
  })

  test('is submitted by neither workers nor analysts', async () => {
    await expect(submitJob(bench.as(worker), { command: ['true'] })).rejects.toThrow('worker')
    await expect(submitJob(bench.as(analyst), { command: ['true'] })).rejects.toThrow('analyst')
  })
})

describe('an account that may have so many jobs waiting', () => {
  const carol = { ...alice, id: 'carol', accounts: ['small'] }
  const send = async () => {
    const result = await submitJob(bench.as(carol), { command: ['true'] })
    return 'problems' in result ? result.problems : []
  }

  test('gets no more, however many come at once, until one of them is claimed', async () => {
    await saveAccount(bench.as(operator), { account: 'small', maxQueuedJobs: 2 })
    const problems = (await Promise.all(Array.from({ length: 8 }, send))).filter((all) => all.length > 0)
    expect(problems).toHaveLength(6)
    expect(problems[0]).toEqual([{ path: '', message: 'small has 2 jobs waiting, and may have 2' }])
    await bench.database.pool.query(
      `DELETE FROM queue WHERE job_id = (SELECT id FROM jobs WHERE account = 'small' LIMIT 1)`,
    )
    expect(await send()).toEqual([])
    expect(await send()).toHaveLength(1)
  })

  test('has those counted that wait for others or for a time', async () => {
    await saveAccount(bench.as(operator), { account: 'late', maxQueuedJobs: 3 })
    const dora = { ...alice, id: 'dora', accounts: ['late'] }
    const first = await submitted(bench, {}, dora)
    await submitted(bench, { after: [first.id] }, dora)
    await submitted(bench, { startAt: new Date(Date.now() + 3_600_000).toISOString() }, dora)
    expect(await submitJob(bench.as(dora), { command: ['true'] })).toMatchObject({
      problems: [{ message: 'late has 3 jobs waiting, and may have 3' }],
    })
  })
})

describe('a batch', () => {
  test('is stored in the order of its inputs, arrays made, and says which input is wrong', async () => {
    await saveTemplate(bench.as(operator), { name: 'train', command: ['true'] })
    const result = await submitJobs(bench.as(alice), [
      { command: ['true'], name: 'b', after: ['a'] },
      { command: ['true'], name: 'a', ref: 'a', array: { count: 2 } },
      { template: 'train' },
    ])
    expect('jobs' in result && result.jobs.map(({ name }) => name)).toEqual(['b', 'a[0]', 'a[1]', 'train'])
    const before = await count()
    const wrong = await submitJobs(bench.as(alice), [
      { command: ['true'] },
      { command: [''] },
      { command: ['true'], account: 'team-b' },
    ])
    expect('problems' in wrong && wrong.problems.map(({ path }) => path)).toEqual([
      'inputs.1.command',
      'inputs.2.account',
    ])
    expect(await count()).toBe(before)
  })

  test('is of one job at least, a thousand inputs at most, and ten thousand jobs', async () => {
    const one = { command: ['true'] }
    const inputs = Array.from({ length: 1001 }, () => one)
    await expect(submitJobs(bench.as(alice), [])).rejects.toMatchObject({ problems: [{ path: 'inputs' }] })
    await expect(submitJobs(bench.as(alice), inputs)).rejects.toMatchObject({ problems: [{ path: 'inputs' }] })
    const arrays = [{ ...one, array: { count: 10_000 } }, one]
    expect(await submitJobs(bench.as(alice), arrays)).toMatchObject({ problems: [{ path: 'inputs' }] })
  })
})
