// Inputs of the graph, checked.
import { invalidInput } from '@constellation/platform/errors.ts'
import * as v from 'valibot'

/**
 * What the schema makes of an argument, by default `input`.
 * @throws ConstellationError BAD_USER_INPUT that names each field that is wrong, such as `input.month`
 */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  name = 'input',
): v.InferOutput<Schema> {
  const checked = v.safeParse(schema, input)
  if (checked.success) return checked.output
  throw invalidInput(
    checked.issues.map((issue) => ({
      path: [name, v.getDotPath(issue)].filter(Boolean).join('.'),
      message: issue.message,
    })),
  )
}
