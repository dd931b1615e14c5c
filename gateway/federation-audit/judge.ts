// What the audit wants of an answer: the data to the letter and, where it says so, whether there are errors.
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'

export const auditCase = v.object({
  query: v.string(),
  expected: v.object({ data: v.optional(v.unknown()), errors: v.optional(v.unknown()) }),
})
export type AuditCase = v.InferOutput<typeof auditCase>

export const gatewayAnswer = v.looseObject({ data: v.optional(v.unknown()), errors: v.optional(v.array(v.unknown())) })
export type GatewayAnswer = v.InferOutput<typeof gatewayAnswer>

/** As the audit's own test has it: the order of fields does not count, and no data is null. */
export function holds({ expected }: AuditCase, { data, errors = [] }: GatewayAnswer): boolean {
  const saysOfErrors = typeof expected.errors !== 'boolean' || expected.errors === errors.length > 0
  return saysOfErrors && isDeepStrictEqual(data ?? null, expected.data ?? null)
}
