import { expect, test } from 'vitest'
import { meantBy } from './find-gpu.ts'

const gpu = (id: string, uuid: string, worker: string, index: number) => ({
  id,
  uuid,
  name: 'A100',
  index,
  worker: { id: worker },
})
const THERE = {
  workers: {
    nodes: [
      { id: 'node-a', hostname: 'box' },
      { id: 'node-b', hostname: 'box' },
      { id: 'node-c', hostname: 'other' },
    ],
  },
  gpus: {
    nodes: [
      gpu('1', 'GPU-aaaa1111', 'node-a', 0),
      gpu('2', 'GPU-aaaa2222', 'node-a', 1),
      gpu('3', 'SIM-bbbb3333', 'node-c', 0),
    ],
  },
}

test.each([
  ['node-a', ['worker node-a']],
  ['other', ['worker node-c']],
  ['box', ['worker node-a', 'worker node-b']],
  ['node-a/1', ['gpu 2']],
  ['GPU-aaaa1', ['gpu 1']],
  ['aaaa', ['gpu 1', 'gpu 2']],
  ['BBBB3', ['gpu 3']],
  ['b', []],
])('%s means %j', (word, expected) => {
  expect(meantBy(THERE, word).map(({ kind, id }) => `${kind} ${id}`)).toEqual(expected)
})
