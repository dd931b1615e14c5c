import type { CombinedError } from '@urql/core'
import * as v from 'valibot'

const withProblems = v.object({ problems: v.array(v.object({ path: v.string(), message: v.string() })) })

/** What the server says is wrong with an input, by the field of `input`; nothing where it says something else. */
export function problemsOf({ graphQLErrors }: Pick<CombinedError, 'graphQLErrors'>): Readonly<Record<string, string>> {
  const told = graphQLErrors.flatMap(({ extensions }) => {
    const read = v.safeParse(withProblems, extensions)
    return read.success ? read.output.problems : []
  })
  return Object.fromEntries(told.map(({ path, message }) => [path.replace(/^input\./, ''), message]))
}
