import { expect, test, vi } from 'vitest'
import { inOwnTask, inTurn } from './in-turn.ts'

test('each piece of work is a task of its own, in the order in which they were asked for', async () => {
  const done: string[] = []
  const note = (what: string) => () => {
    done.push(what)
    queueMicrotask(() => done.push(`all that follows from ${what}`))
  }
  inTurn(note('first'))
  inTurn(note('second'))
  done.push('what asked')
  await inOwnTask(undefined)
  expect(done).toEqual(['what asked', 'first', 'all that follows from first', 'second', 'all that follows from second'])
})

test('what comes while work is done has its turn after what waits already', async () => {
  const done: string[] = []
  inTurn(() => inTurn(() => done.push('third')))
  inTurn(() => done.push('second'))
  await vi.waitFor(() => expect(done).toEqual(['second', 'third']))
})
