import { expect, test } from 'vitest'
import { dataOf } from './graph-data.ts'

const errors = [{ message: 'The database does not answer. Try again.', extensions: { code: 'UNAVAILABLE' } }]

test('a change whose result could not be read is answered by the reason, and not as a fault of ours', () => {
  const read = () => dataOf({ data: { submitJob: { job: null, problems: [] } }, errors })
  expect(read).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
})

test('a part that another service could not add takes nothing from the rest', () => {
  const data = { submitJob: { job: { id: '1', usage: null }, problems: [] } }
  expect(dataOf({ data, errors })).toBe(data)
})

test('what was refused for its problems is no failure', () => {
  const data = { submitJob: { job: null, problems: [{ path: 'name', message: 'is too long' }] } }
  expect(dataOf({ data, errors })).toBe(data)
})
