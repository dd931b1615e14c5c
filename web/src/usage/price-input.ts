// A price as it is typed, checked before it is sent: the schema refuses what is no decimal, and names no field.
import * as v from 'valibot'
import type { SavePriceInput } from '../generated/documents.ts'
import { words } from './words.ts'

const price = v.object({
  model: v.pipe(v.string(), v.trim(), v.nonEmpty(words.prices.needed)),
  perGpuHour: v.pipe(
    v.string(),
    v.trim(),
    v.transform((text) => text.replace(',', '.')),
    v.regex(/^\d{1,9}(\.\d{1,8})?$/, words.prices.noAmount),
  ),
  currency: v.pipe(v.string(), v.trim(), v.toUpperCase(), v.regex(/^[A-Z]{3}$/, words.prices.noCurrency)),
  /** As a field of the type datetime-local has it, by the reader's clock. */
  validFrom: v.pipe(
    v.string(),
    v.transform((text) => new Date(text)),
    v.check((at) => !Number.isNaN(at.getTime()), words.prices.noTime),
    v.transform((at) => at.toISOString()),
  ),
})

/** The input of `savePrice`, or what is wrong by the name of the field. */
export function readPrice(
  typed: Readonly<Record<string, unknown>>,
): { input: SavePriceInput } | { problems: Readonly<Record<string, string>> } {
  const read = v.safeParse(price, typed)
  if (read.success) return { input: read.output }
  return { problems: Object.fromEntries(read.issues.map((issue) => [v.getDotPath(issue) ?? '', issue.message])) }
}
