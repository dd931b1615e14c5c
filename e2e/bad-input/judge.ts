// What no input may bring about.

const INTERNAL = '"INTERNAL_SERVER_ERROR"'
/** Of the inside: a stack's line, or a path of a package. */
const INSIDE = /\bat [\w.<>]+ \(|\.[mc]?[jt]s:\d+|node_modules/
/** 1011: the server failed. 4500: graphql-ws says so. 1006: the connection broke without a word. */
const FAILED = new Set(['closed 1011', 'closed 4500', 'closed 1006'])

/** Why this answer is a fault, or undefined. What was sent may come back in it. */
export function faultOfText(status: number, text: string): string | undefined {
  if (status >= 500) return `status ${status}: ${text.slice(0, 500)}`
  if (text.includes(INTERNAL)) return `an internal error: ${text.slice(0, 500)}`
  return INSIDE.test(text) ? `it tells of the inside: ${INSIDE.exec(text)?.[0]}` : undefined
}

/** The same of what came over a socket. */
export function faultOfFrames(heard: readonly string[]): string | undefined {
  const failed = heard.find((each) => FAILED.has(each) || each.includes(INTERNAL))
  return failed?.slice(0, 500)
}
