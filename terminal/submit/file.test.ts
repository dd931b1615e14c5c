import { expect, test } from 'vitest'
import { readJob } from './file.ts'

test('a job in the words of the graph is taken as it is', () => {
  const job = {
    name: 'a',
    command: ['true'],
    gpus: { count: 2, minMemoryMb: 8_000 },
    env: { LR: 0.1, snake_case: true },
  }
  expect(readJob('job.yaml', job)).toEqual({ ...job, env: { LR: '0.1', snake_case: 'true' } })
})

test('one in the words of REST becomes the same', () => {
  const rest = {
    name: 'a',
    depends_on: ['x'],
    params: { command: ['true'], gpus: 2, env: { my_var: '1' }, timeout_seconds: 60, worker_labels: { my_zone: 'a' } },
  }
  expect(readJob('job.yaml', rest)).toEqual({
    name: 'a',
    dependsOn: ['x'],
    command: ['true'],
    gpus: { count: 2 },
    env: { my_var: '1' },
    timeoutSeconds: 60,
    workerLabels: { my_zone: 'a' },
  })
  expect(readJob('job.yaml', { name: 'train', params: { lr: 0.1 } })).toEqual({
    template: 'train',
    arguments: { lr: '0.1' },
  })
})

test.each([
  [null, 'job.yaml is no job'],
  [{ comand: ['x'] }, /job\.yaml: comand: /],
  [{ gpus: { count: 'two' } }, /job\.yaml: gpus\.count: /],
])('%j is refused, with the place', (content, message) => {
  expect(() => readJob('job.yaml', content)).toThrow(message)
})
