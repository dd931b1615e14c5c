import { expect, test } from 'vitest'
import { operator, useBench } from '../testing.ts'
import { saveTemplate } from './template.ts'

const bench = await useBench()

test.each([
  ['a NUL', 'a\0b'],
  ['half a character', 'a\ud83d'],
])('a text with %s is refused by its field, wherever it stands', async (_, wrong) => {
  const saved = await saveTemplate(bench.as(operator), {
    name: 'train',
    description: wrong,
    command: ['train', '{{LR}}'],
    parameters: [{ name: 'LR', description: wrong, default: wrong }],
  })
  const paths = 'problems' in saved ? saved.problems.map(({ path }) => path) : []
  expect(paths).toEqual(['description', 'parameters.0.description', 'parameters.0.default'])
})
