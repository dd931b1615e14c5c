import { expect, test } from 'vitest'
import { type Group, link } from './link.ts'

const group = (spec: Partial<Group['spec']> = {}, jobs = 1): Group => ({
  spec: { ref: null, dependsOn: [], after: [], ...spec },
  elements: Array.from({ length: jobs }, () => ({ afterIndex: null })),
})

test('a ref may name a job that comes later in the batch, and the order puts it first', () => {
  expect(
    link([group({ dependsOn: ['b'], after: ['c'] }), group({ ref: 'b', after: ['c'] }), group({ ref: 'c' })]),
  ).toEqual({
    links: [
      {
        groups: [
          { group: 1, rule: 'completed' },
          { group: 2, rule: 'ended' },
        ],
        others: [],
      },
      { groups: [{ group: 2, rule: 'ended' }], others: [] },
      { groups: [], others: [] },
    ],
    order: [2, 1, 0],
  })
})

test('what is no ref is the id of another job, in lower case, with the path of its field', () => {
  expect(link([group({ dependsOn: ['0A'], after: ['0A', '0B'] })])).toMatchObject({
    links: [
      {
        others: [
          { id: '0a', rule: 'completed', path: 'dependsOn.0' },
          { id: '0b', rule: 'ended', path: 'after.1' },
        ],
      },
    ],
  })
})

test.each<[string, Group[], string]>([
  ['two jobs of one ref', [group({ ref: 'a' }), group({ ref: 'a' })], '1.ref'],
  ['a job that waits for itself', [group({ ref: 'a', dependsOn: ['a'] })], '0'],
  [
    'a circle of three, and one that waits for it',
    [
      group({ after: ['x'] }),
      group({ ref: 'x', after: ['z'] }),
      group({ ref: 'y', after: ['x'] }),
      group({ ref: 'z', dependsOn: ['y'] }),
    ],
    '0',
  ],
  ['arrays that wait for arrays in too many pairs', [group({ ref: 'a' }, 1000), group({ after: ['a'] }, 1000)], ''],
])('%s is refused', (_, groups, path) => {
  const result = link(groups)
  expect('problems' in result && result.problems.map((problem) => problem.path)).toEqual([path])
})
