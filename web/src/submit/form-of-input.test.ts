import { expect, it } from 'vitest'
import type { SubmitJobInput } from '../generated/documents.ts'
import { inputOfJob } from '../job/input-of-job.ts'
import { FULL_JOB, NOW } from '../job/testing.ts'
import { buildInput } from './build-input.ts'
import { formOfInput } from './form-of-input.ts'

it.each<[string, SubmitJobInput]>([
  ['a plain job', { command: ['true'], gpus: { count: 1 } }],
  ['a job that asks for everything', inputOfJob(FULL_JOB, NOW)],
  ['a line for a shell', { command: [`a | b "c" && d`], shell: true, gpus: { count: 0 } }],
  ['a template', { template: 'train', arguments: { epochs: '3' }, gpus: { count: 2 } }],
  [
    'a sweep',
    {
      command: ['true'],
      gpus: { count: 1 },
      array: { sweep: [{ name: 'LR', values: ['0.1', 'a, b'] }], maxParallel: 2 },
    },
  ],
])('%s comes out of the form as it went in', (_, input) => {
  expect(buildInput(formOfInput(input))).toEqual({ input })
})

it('has no GPU where none was spoken of, and one where no number was', () => {
  expect(formOfInput({ command: ['true'] }).gpuCount).toBe('0')
  expect(formOfInput({ command: ['true'], gpus: { model: 'A100' } }).gpuCount).toBe('1')
})
