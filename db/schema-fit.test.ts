import { expect, it } from 'vitest'
import { schemaFit } from './schema-fit.ts'

const migration = (number: number, needs = 0, sha256 = 'a') => ({ name: `000${number}_x`, sha256, needs })
const known = [migration(1), migration(2)]

it.each([
  ['the same', known, { kind: 'fits', ahead: [] }],
  ['fewer', [migration(1)], { kind: 'behind', reason: '0002_x.sql was not run yet' }],
  ['none', [], { kind: 'behind', reason: '0001_x.sql was not run yet' }],
  ['one that only adds', [...known, migration(3)], { kind: 'fits', ahead: ['0003_x'] }],
  [
    'one that takes away what was not used since the last we know',
    [...known, migration(3, 2)],
    { kind: 'fits', ahead: ['0003_x'] },
  ],
  ['one that takes away what we use', [...known, migration(3), migration(4, 3)], { kind: 'apart' }],
  ['another one in the place of ours', [migration(1), migration(2, 0, 'b')], { kind: 'apart' }],
  ['another one, and not all', [migration(2, 0, 'b')], { kind: 'apart' }],
])('a database that has run %s', (_, run, fit) => {
  expect(schemaFit(run, known)).toMatchObject(fit)
})
