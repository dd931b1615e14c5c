import { expect, it } from 'vitest'
import { questionOf } from './check.ts'
import { EMPTY_FORM } from './job-form.ts'

it('asks before the command is written, and not what cannot be read', () => {
  expect(questionOf(EMPTY_FORM)?.input).toEqual({ command: ['true'], gpus: { count: 1 } })
  expect(questionOf({ ...EMPTY_FORM, gpuCount: '2', command: 'train' })?.input).toMatchObject({ gpus: { count: 2 } })
  expect(questionOf({ ...EMPTY_FORM, gpuCount: 'two' })).toBeUndefined()
})
