// A session of somebody who signed in at the OIDC issuer. It is kept in this tab alone: the token that gets the next
// ones can be used once, so two tabs that share it would put each other out.
import * as v from 'valibot'
import { DOCUMENT_IDS } from '../generated/document-ids.ts'
import { payloadOf } from '../shared/token.ts'
import { KEPT, RETURN_PATH } from './issuer-traces.ts'
import {
  attempt,
  authorizationUrl,
  codeIn,
  exchangeCode,
  findService,
  newAttempt,
  Refused,
  renew,
  service,
  signOutUrl,
  type Tokens,
  tokens,
} from './oidc.ts'

const BEGUN = 'constellation.sign-in'
const LIMIT_MS = 10_000

const identity = v.object({ id: v.string(), role: v.string(), accounts: v.array(v.string()) })
const issuerSession = v.object({ at: service, tokens, identity })
export type IssuerSession = v.InferOutput<typeof issuerSession>

const viewerAnswer = v.object({ data: v.object({ viewer: identity }) })

/** The session of this tab, if there is one. */
export function storedSession(): IssuerSession | undefined {
  return read(KEPT, issuerSession)
}

export function keepSession(session: IssuerSession): void {
  sessionStorage.setItem(KEPT, JSON.stringify(session))
}

/** Leaves for the issuer. @throws Error where the way there is not known, or the page has no secrets: without TLS */
export async function beginSignIn(): Promise<void> {
  const at = await findService()
  if (!at) throw new Error('The sign-in service does not answer. Try again in a moment.')
  if (!isSecureContext) throw new Error('Signing in needs https.')
  const begun = newAttempt(location.pathname === RETURN_PATH ? '/app/' : location.pathname + location.search)
  sessionStorage.setItem(BEGUN, JSON.stringify(begun))
  location.assign(await authorizationUrl(at, begun, returnUrl()))
}

/** The session of a person who comes back from the issuer; undefined for whoever comes otherwise. @throws Error saying why it has failed */
export async function finishSignIn(): Promise<IssuerSession | undefined> {
  if (location.pathname !== RETURN_PATH) return undefined
  const { search } = location
  const begun = read(BEGUN, attempt)
  // Once and no more: a code in a bookmark or in the history signs nobody in.
  sessionStorage.removeItem(BEGUN)
  history.replaceState(history.state, '', begun?.returnTo ?? '/app/')
  // Before anybody is asked anything on the word of an address.
  const code = codeIn(search, begun)
  const at = await findService()
  if (!at || !begun) throw new Error('The sign-in service does not answer. Try again in a moment.')
  const given = await exchangeCode(at, begun, code, returnUrl())
  return { at, tokens: given, identity: await askWho(given) }
}

/** The session with new tokens. @throws Error, of which `isRefusal` tells whether the issuer gives no more */
export async function renewSession(session: IssuerSession): Promise<IssuerSession> {
  const given = await renew(session.at, session.tokens)
  // Somebody's role may have changed since; where that cannot be told now, it is at the next time.
  return { ...session, tokens: given, identity: await askWho(given).catch(() => session.identity) }
}

export function isRefusal(error: unknown): boolean {
  return error instanceof Refused
}

/** When its token ends, in milliseconds since 1970. */
export function endOf({ tokens: { bearer } }: IssuerSession): number {
  const { exp } = payloadOf(bearer)
  return typeof exp === 'number' ? exp * 1_000 : 0
}

/** Where the person signs out at the issuer too, if anywhere. */
export function leavingUrl({ at, tokens: held }: IssuerSession): string | undefined {
  return signOutUrl(at, held, `${location.origin}/app/`)
}

/** Who the server takes the bearer for: which claims say so is its to know. */
async function askWho({ bearer }: Tokens): Promise<IssuerSession['identity']> {
  const answered = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: DOCUMENT_IDS.Viewer } } }),
    signal: AbortSignal.timeout(LIMIT_MS),
  })
  if (answered.status === 401) throw new Error('The server does not accept what the sign-in service says of you.')
  return v.parse(viewerAnswer, await answered.json()).data.viewer
}

function returnUrl(): string {
  return location.origin + RETURN_PATH
}

function read<const Schema extends v.GenericSchema>(key: string, schema: Schema): v.InferOutput<Schema> | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(sessionStorage.getItem(key) ?? 'null'))
    return result.success ? result.output : undefined
  } catch {
    return undefined // Not JSON: of another version of the page.
  }
}
