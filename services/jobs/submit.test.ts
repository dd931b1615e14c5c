import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cancelJob } from './cancel.ts'
import type { SubmitJobInput } from './generated/resolvers.ts'
import { listJobs } from './list.ts'
import { submitJob } from './submit.ts'
import { saveTemplate } from './template.ts'
import { alice, analyst, type Bench, bob, manager, openBench, operator, submitted, worker } from './testing.ts'
import { updateJob } from './update.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

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
    ['a priority out of bounds', { command: ['true'], priority: 1001 }, 'priority'],
    ['a name of blanks', { command: ['true'], name: '  ' }, 'name'],
    ['a shell with two lines', { command: ['a', 'b'], shell: true }, 'command'],
    ['the account of others', { command: ['true'], account: 'team-b' }, 'account'],
    ['arguments without a template', { command: ['true'], arguments: { a: '1' } }, 'arguments'],
    ['a template that is not there', { template: 'nothing' }, 'template'],
    ['too large an environment', { command: ['true'], env: { A: 'x'.repeat(131_072), B: 'x'.repeat(131_072) } }, 'env'],
  ])('with %s is refused with the path of the field, and nothing is stored', async (_, input, path) => {
    const before = await count()
    const result = await submitJob(bench.as(alice), input)
    expect('problems' in result && result.problems.map((problem) => problem.path)).toEqual([path])
    expect(await count()).toBe(before)
  })

  test('is submitted by neither workers nor analysts', async () => {
    await expect(submitJob(bench.as(worker), { command: ['true'] })).rejects.toThrow('worker')
    await expect(submitJob(bench.as(analyst), { command: ['true'] })).rejects.toThrow('analyst')
  })
})

describe('a template', () => {
  test('becomes the command, with values in its places and nowhere else', async () => {
    await saveTemplate(bench.as(operator), {
      name: 'train',
      parameters: [{ name: 'lr', default: '0.1' }, { name: 'data' }],
      command: ['python3', 'train.py', '--lr={{lr}}', '{{data}}', '{{ lr }}'],
      gpus: { count: 1 },
    })
    const job = await submitted(bench, { command: null, template: 'train', arguments: { data: '{{lr}}; rm -rf /' } })
    expect(job.params.command).toEqual(['python3', 'train.py', '--lr=0.1', '{{lr}}; rm -rf /', '0.1'])
    expect(job).toMatchObject({ name: 'train', template: 'train', gpuCount: 1 })
  })

  test('refuses a missing and an unknown argument by name', async () => {
    const result = await submitJob(bench.as(alice), { template: 'train', arguments: { rate: '1' } })
    expect('problems' in result && result.problems.map((problem) => problem.path)).toEqual([
      'arguments.rate',
      'arguments.data',
    ])
  })

  test('with a place that is no parameter is refused, and so are users', async () => {
    expect(await saveTemplate(bench.as(operator), { name: 'bad', command: ['{{x}}'] })).toMatchObject({
      problems: [{ path: 'command' }],
    })
    await expect(saveTemplate(bench.as(alice), { name: 'mine', command: ['true'] })).rejects.toThrow('operator')
  })
})

describe('who may see and change a job', () => {
  test.each([
    ['its submitter', alice, true],
    ['another user', bob, false],
    ['the manager of its account', manager, true],
    ['an analyst', analyst, true],
    ['an operator', operator, true],
    ['a worker', worker, false],
  ])('%s: %o sees it: %s', async (_, who, sees) => {
    const job = await submitted(bench, { name: 'seen?' })
    expect((await bench.as(who).loaders.job.load(job.id)) !== null).toBe(sees)
    const { nodes } = await listJobs(bench.as(who), { name: 'SEEN' }, 500, null)
    expect(nodes.some((node) => node.id === job.id)).toBe(sees)
  })

  test('for another, the job of a stranger and a job that is not there look the same', async () => {
    const job = await submitted(bench)
    await expect(cancelJob(bench.as(bob), job.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(cancelJob(bench.as(bob), '00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(cancelJob(bench.as(bob), 'no uuid')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(cancelJob(bench.as(analyst), job.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a waiting job is cancelled at once, its priority may change until then', async () => {
    const job = await submitted(bench)
    expect(await updateJob(bench.as(alice), job.id, { priority: 7, name: 'renamed' })).toMatchObject({
      job: { priority: 7, name: 'renamed' },
    })
    expect(await cancelJob(bench.as(alice), job.id)).toMatchObject({
      state: 'cancelled',
      reason: 'Cancelled by alice.',
    })
    await expect(updateJob(bench.as(alice), job.id, { priority: 1 })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await cancelJob(bench.as(alice), job.id)).toMatchObject({ state: 'cancelled', version: 3 })
  })
})

describe('a list', () => {
  test('comes by pages, newest first, with nothing doubled or left out', async () => {
    const ids: string[] = []
    for (let i = 0; i < 7; i++) ids.push((await submitted(bench, { name: 'paged' })).id)
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = await listJobs(bench.as(alice), { name: 'paged' }, 3, after)
      seen.push(...page.nodes.map((node) => node.id))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(ids.toReversed())
  })

  test('refuses what is no cursor and a page that is too large', async () => {
    await expect(listJobs(bench.as(alice), null, 10, 'bm9uZQ')).rejects.toMatchObject({ problems: [{ path: 'after' }] })
    await expect(listJobs(bench.as(alice), null, 501, null)).rejects.toMatchObject({ problems: [{ path: 'first' }] })
  })
})
