import * as v from 'valibot'
import { expect, test } from 'vitest'
import { flag, port, readConfig, url, wholeNumber } from './config.ts'

const schema = v.object({
  PORT: port,
  URL: url,
  COUNT: v.optional(wholeNumber(0, 64), '4'),
  FLAG: v.optional(flag, 'false'),
})

test('settings come out as what they stand for', () => {
  expect(readConfig(schema, { PORT: '4000', URL: 'nats://a:1', FLAG: 'true', OTHER: 'x' })).toEqual({
    PORT: 4000,
    URL: 'nats://a:1',
    COUNT: 4,
    FLAG: true,
  })
})

test('every fault is named at once, and an empty variable is a missing one', () => {
  const faults = () => readConfig(schema, { PORT: '99999', URL: '', COUNT: '65', FLAG: 'yes' })
  expect(faults).toThrow(/PORT: .*65535[\s\S]*URL: [\s\S]*COUNT: .*0 to 64[\s\S]*FLAG: must be true or false/)
})
