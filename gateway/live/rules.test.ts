import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { SUBSCRIPTION_RULES } from './rules.ts'

test('each subscription of the graph has a rule, and each rule a subscription', () => {
  const api = buildSchema(readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8'))
  const fields = Object.keys(api.getSubscriptionType()?.getFields() ?? {})
  expect(Object.keys(SUBSCRIPTION_RULES).toSorted()).toEqual(fields.toSorted())
})
