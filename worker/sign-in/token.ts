// The worker's token, and the name in it.
import { readFile } from 'node:fs/promises'
import * as v from 'valibot'

/** A name that can be a token of a NATS subject. */
const workerName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, `_` or `-`, to be part of a NATS subject'),
)
const payload = v.object({ sub: workerName })

/** @throws Error when the file cannot be read or holds nothing that could stand in a header */
export async function readToken(file: string): Promise<string> {
  let token: string
  try {
    token = (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw new Error(`The worker's token could not be read from TOKEN_FILE (${file}).`, { cause: error })
  }
  if (/^[\w.~+/=-]{1,8192}$/.test(token)) return token
  throw new Error(`TOKEN_FILE (${file}) does not hold a token.`)
}

/** The worker's name: the token's subject. Whether the token holds is for the gateway to say. */
export function workerIdOf(token: string): string {
  let claims: unknown
  try {
    claims = claimsOf(token)
  } catch (error) {
    throw new Error("The worker's token is not a JSON web token.", { cause: error })
  }
  const result = v.safeParse(payload, claims)
  if (result.success) return result.output.sub
  throw new Error(`The worker's token does not name a worker: its \`sub\` ${result.issues[0].message}.`)
}

/** When the token says that it ends, in milliseconds since 1970; never where it does not say. */
export function endOf(token: string): number {
  try {
    const result = v.safeParse(v.object({ exp: v.number() }), claimsOf(token))
    return result.success ? result.output.exp * 1_000 : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY // No JSON web token: the gateway says whether it takes it.
  }
}

/** @throws Error where it is no JSON web token */
function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
}
