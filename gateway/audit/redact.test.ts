import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test('the values of secrets, environments and sweeps are never kept, and their names are', () => {
  const kept = redact({
    input: {
      name: 'HF_TOKEN',
      value: 'top',
      env: { KEY: 'top', LR: '0.1' },
      arguments: { password: 'top' },
      array: { sweep: [{ name: 'LR', values: ['top'] }] },
    },
    idempotencyKey: 'top',
  })
  expect(JSON.stringify(kept)).not.toContain('top')
  expect(kept).toEqual({
    input: {
      name: 'HF_TOKEN',
      value: '[hidden]',
      env: { KEY: '[hidden]', LR: '[hidden]' },
      arguments: { password: '[hidden]' },
      array: { sweep: [{ name: 'LR', values: '[hidden]' }] },
    },
    idempotencyKey: '[hidden]',
  })
})

test('tokens and passwords in other texts are hidden too', () => {
  const command = [
    'curl',
    '-H',
    'Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln',
    'https://me:pw@host/x?key=1',
    'cst_a_b',
    'x-eyJhbGciOi.eyJzdWIi',
    'a.b eyJ.c',
    'a.eyJhbGciOi.eyJzdWIi.c2ln',
    'https://host/#a?b',
  ]
  expect(redact({ command })).toEqual({
    command: [
      'curl',
      '-H',
      'Authorization: Bearer [hidden]',
      'https://[hidden]@host/x?[hidden]',
      '[hidden]',
      'x-[hidden]',
      'a.b eyJ.c',
      'a.[hidden]',
      'https://host/#a?b',
    ],
  })
})

test('what is long, deep or much is cut', () => {
  let deep: object = {}
  for (let n = 0; n < 1_000; n++) deep = { deep }
  const kept = redact({ text: 'x'.repeat(10_000), many: Array.from({ length: 100 }, (_, n) => n), deep })
  expect(kept.text).toHaveLength(201)
  expect(kept.many).toEqual([...Array.from({ length: 20 }, (_, n) => n), 'and 80 more'])
  expect(JSON.stringify(kept).length).toBeLessThan(1_000)
  const wide = Array.from({ length: 20 }, () => 'x'.repeat(200))
  expect(redact({ a: wide, b: wide, c: wide })).toEqual({ cut: 'They are too long to be kept.' })
})

test.each(['-eyJ', 'eyJa.', '://', '://a', '://a?', '?', 'cst_', '-'])(
  'a long text made of %j is read at once',
  (part) => {
    const before = process.cpuUsage()
    redact({ text: part.repeat(200_000) })
    // Time of the processor, which others may have meanwhile.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
  },
)
