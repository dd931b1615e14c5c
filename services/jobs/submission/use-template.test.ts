import { describe, expect, test } from 'vitest'
import { submitJob } from '../submit.ts'
import { alice, operator, submitted, useBench } from '../testing.ts'
import { saveTemplate } from './template.ts'

const bench = await useBench()

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

  test('takes the values of a parameter from a sweep of its name', async () => {
    const sweep = [
      { name: 'lr', values: ['1', '2'] },
      { name: 'other', values: ['x'] },
    ]
    const result = await submitJob(bench.as(alice), { template: 'train', arguments: { data: 'd' }, array: { sweep } })
    expect('jobs' in result && result.jobs.map(({ params }) => params.command[2])).toEqual(['--lr=1', '--lr=2'])
  })

  test('may be given a limit of idleness where its GPUs are its own', async () => {
    await saveTemplate(bench.as(operator), { name: 'on-a-gpu', command: ['true'], gpus: { count: 1 } })
    expect(
      (await submitted(bench, { command: null, template: 'on-a-gpu', maxIdleSeconds: 60 })).params.maxIdleSeconds,
    ).toBe(60)
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
