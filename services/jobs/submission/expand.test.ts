import { expect, test } from 'vitest'
import type { SubmitJobInput } from '../generated/resolvers.ts'
import { expand } from './expand.ts'
import { checkSpec } from './spec.ts'

function elementsOf(input: SubmitJobInput) {
  const checked = checkSpec({ command: ['true'], ...input })
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems))
  return expand(checked.spec)
}

function jobsOf(input: SubmitJobInput) {
  const result = elementsOf(input)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.elements
}

test('what is no array is one job, as it was asked for', () => {
  const command = ['echo', '{{LR}} {{CONSTELLATION_ARRAY_INDEX}}']
  expect(jobsOf({ name: 'one', command })).toMatchObject([
    { name: 'one', params: { command, env: {} }, place: null, afterIndex: null },
  ])
})

test('a count makes so many jobs, each of which knows its index', () => {
  const command = ['echo', 'part {{ CONSTELLATION_ARRAY_INDEX }} of {{other}}']
  const jobs = jobsOf({ name: 'part', command, env: { A: '1' }, array: { count: 3 } })
  expect(jobs.map(({ name, params, place }) => [name, params.command[1], params.env, place])).toEqual([
    ['part[0]', 'part 0 of {{other}}', { A: '1', CONSTELLATION_ARRAY_INDEX: '0' }, { index: 0, size: 3 }],
    ['part[1]', 'part 1 of {{other}}', { A: '1', CONSTELLATION_ARRAY_INDEX: '1' }, { index: 1, size: 3 }],
    ['part[2]', 'part 2 of {{other}}', { A: '1', CONSTELLATION_ARRAY_INDEX: '2' }, { index: 2, size: 3 }],
  ])
})

test('a sweep makes one job for each combination, the last name changing quickest', () => {
  const sweep = [
    { name: 'LR', values: ['0.1', '0.01'] },
    { name: 'MODEL', values: ['a', 'b', '{{LR}}'] },
  ]
  const jobs = jobsOf({ name: 'train', command: ['train', '--lr={{LR}}', '{{MODEL}}'], array: { sweep } })
  expect(jobs.map(({ params }) => params.command.slice(1).join(' '))).toEqual([
    '--lr=0.1 a',
    '--lr=0.1 b',
    '--lr=0.1 {{LR}}',
    '--lr=0.01 a',
    '--lr=0.01 b',
    '--lr=0.01 {{LR}}',
  ])
  expect(jobs[4]).toMatchObject({
    name: 'train[4] LR=0.01 MODEL=b',
    params: { env: { LR: '0.01', MODEL: 'b', CONSTELLATION_ARRAY_INDEX: '4' } },
  })
})

test('names of properties of every object stand for nothing', () => {
  const [job] = jobsOf({ command: ['echo', '{{constructor}}{{__proto__}}'], array: { count: 1 } })
  expect(job?.params.command[1]).toBe('{{constructor}}{{__proto__}}')
})

test('so many at a time: each waits for the one that many places before it', () => {
  const jobs = jobsOf({ array: { count: 5, maxParallel: 2 } })
  expect(jobs.map(({ afterIndex }) => afterIndex)).toEqual([null, null, 0, 1, 2])
})

test('a long name leaves room for the place, and no character is cut in two', () => {
  const [first] = jobsOf({ name: 'ü'.repeat(100), array: { sweep: [{ name: 'LONG', values: ['ß'.repeat(500)] }] } })
  expect(Buffer.byteLength(first?.name ?? '')).toBeLessThanOrEqual(200)
  expect(first?.name).toMatch(/^ü+…\[0\]/)
  expect(first?.name.isWellFormed()).toBe(true)
})

test.each<[string, SubmitJobInput, string]>([
  [
    'a variable that env gives too',
    { env: { LR: '1' }, array: { sweep: [{ name: 'LR', values: ['1'] }] } },
    'array.sweep.0.name',
  ],
  [
    'a variable that a secret gives too',
    { secrets: ['LR'], array: { sweep: [{ name: 'LR', values: ['1'] }] } },
    'array.sweep.0.name',
  ],
  ['an index of its own', { env: { CONSTELLATION_ARRAY_INDEX: '7' }, array: { count: 1 } }, 'env'],
  [
    'a command that its values make too long',
    { command: ['{{A}}'.repeat(40)], array: { sweep: [{ name: 'A', values: ['x'.repeat(4096)] }] } },
    'command',
  ],
  ['more text than is kept', { env: { A: 'x'.repeat(100_000) }, array: { count: 10_000 } }, 'array'],
])('an array with %s is refused', (_, input, path) => {
  const result = elementsOf(input)
  expect('problems' in result && result.problems.map((problem) => problem.path)).toEqual([path])
})
