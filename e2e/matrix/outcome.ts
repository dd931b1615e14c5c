// What came of an operation, in a word of the table.

/** An answer as it came; `status` is HTTP's. */
export interface Answer {
  status: number
  text: string
}

/** What every thing of the owner has in its name. */
const OF_THE_OWNER = /owners/i

const WORDS: Readonly<Record<number, string>> = { 401: 'unauthenticated', 403: 'forbidden', 404: 'not found' }
const CODES: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not found',
}

interface GraphAnswer {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

/**
 * The word for an answer of the graph to one field. A mutation that is let through does not show anything, and what was
 * given says nothing.
 */
export function graphOutcome({ status, text }: Answer, isRead: boolean, given: object = {}): string {
  if (WORDS[status]) return WORDS[status]
  const { data, errors }: GraphAnswer = JSON.parse(text)
  const error = errors?.[0]
  if (error) return CODES[error.extensions?.code ?? ''] ?? `${error.extensions?.code}: ${error.message}`
  const [value] = Object.values(data ?? {})
  if (value === null || value === false) return 'not found'
  const problems = problemsOf(value)
  if (problems.length > 0) return problems.every((text) => ABSENT.test(text)) ? 'not found' : 'wrong input'
  const told = Object.values(given).reduce(
    (rest, one) => (typeof one === 'string' ? rest.replaceAll(one, '') : rest),
    text,
  )
  return isRead && OF_THE_OWNER.test(told) ? 'shown' : 'allowed'
}

/** What an operation on several things says of those that are not there. */
const ABSENT = /^There is no /

function problemsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || !('problems' in value)) return []
  return Array.isArray(value.problems) ? value.problems.map(({ message }) => String(message)) : []
}

/** The word for an answer of the REST bridge. What was in its path says nothing. */
export function restOutcome({ status, text }: Answer, path: string, isRead: boolean): string {
  if (WORDS[status]) return WORDS[status]
  if (status >= 400) return `status ${status}`
  const told = path.split('/').reduce((rest, part) => (part ? rest.replaceAll(part, '') : rest), text)
  return isRead && OF_THE_OWNER.test(told) ? 'shown' : 'allowed'
}
