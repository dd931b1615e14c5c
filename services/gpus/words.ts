// Text from outside, within bounds, and the error for what is not within them.
import { invalidInput } from '@constellation/platform/errors.ts'
import * as v from 'valibot'

/** Text of 1 to `most` characters. Half of one, which PostgreSQL does not store, becomes U+FFFD. */
export const words = (most: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(most),
    v.excludes('\0', 'must not hold a NUL character'),
    v.transform((text) => text.toWellFormed()),
  )

/** A label's value may be empty; its bounds are those of what jobs ask for. */
const labelText = v.pipe(
  v.string(),
  v.maxBytes(200, 'must have at most 200 bytes'),
  v.excludes('\0', 'must not hold a NUL character'),
  v.check((value) => value.isWellFormed(), 'must be whole Unicode characters'),
)

/** What is said of a worker or of a GPU, name by name. */
export const labels = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w./-]{0,62}$/, 'is not a name of a label')), labelText),
  v.check((all) => Object.keys(all).length <= 32, 'must be at most 32 labels'),
)

/** The input as `schema` has it. @throws ConstellationError BAD_USER_INPUT with the path of each field that is wrong */
export function checked<const Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  throw invalidInput(result.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })))
}
