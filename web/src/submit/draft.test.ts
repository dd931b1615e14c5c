import { expect, it } from 'vitest'
import { forgetDraft, keepDraft, keptDraft } from './draft.ts'
import { EMPTY_FORM } from './job-form.ts'

it('gives the draft back to who wrote it alone, until it is forgotten', () => {
  keepDraft('alice', { ...EMPTY_FORM, command: 'true' })
  expect(keptDraft('alice')).toMatchObject({ command: 'true' })
  expect(keptDraft('bob')).toBeUndefined()
  forgetDraft()
  expect(keptDraft('alice')).toBeUndefined()
})

it('does not keep an empty form', () => {
  keepDraft('alice', { ...EMPTY_FORM })
  expect(keptDraft('alice')).toBeUndefined()
})
