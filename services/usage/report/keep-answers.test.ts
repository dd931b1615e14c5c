import { expect, test } from 'vitest'
import { keepAnswers } from './keep-answers.ts'

const answer = (rowCount: number) => ({
  ...{ rowCount, page: () => [], total: { gpuSeconds: 0, runs: 0, provisional: false, asOf: '' } },
  ...{ asOf: '', dataVersion: '', completeFrom: null, who: 'ann' },
})

test('what was read longest ago gives way to more answers than are kept, and to more rows', () => {
  const kept = keepAnswers({ answers: 3, rows: 100 })
  for (const id of ['a', 'b', 'c']) kept.keep(id, answer(10))
  expect(kept.find('a')).toMatchObject({ rowCount: 10 })
  kept.keep('d', answer(10))
  expect(['a', 'b', 'c', 'd'].filter((id) => kept.find(id))).toEqual(['a', 'c', 'd'])
  kept.keep('e', answer(85))
  expect(['a', 'c', 'd', 'e'].filter((id) => kept.find(id))).toEqual(['d', 'e'])
})

test('an answer that is larger than all that is kept is not kept', () => {
  const kept = keepAnswers({ answers: 3, rows: 100 })
  kept.keep('a', answer(101))
  expect(kept.find('a')).toBeUndefined()
})
