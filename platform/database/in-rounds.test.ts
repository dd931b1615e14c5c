import { expect, test } from 'vitest'
import { inRounds } from './in-rounds.ts'

test('who asks while a question is under way gets the answer to the next one, and all of them the same', async () => {
  const open: PromiseWithResolvers<string>[] = []
  const ask = inRounds(() => {
    open.push(Promise.withResolvers())
    return open.at(-1)?.promise ?? Promise.reject(new Error('nothing is open'))
  })
  const first = ask()
  await Promise.resolve()
  const [second, third] = [ask(), ask()]
  expect(open).toHaveLength(1)
  open[0]?.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await new Promise(setImmediate)
  expect(open).toHaveLength(2)
  open[1]?.resolve('there')
  expect(await Promise.all([second, third])).toEqual(['there', 'there'])
})
