// Who is signed in. A token that was pasted or came with a link is kept in localStorage, so that a second tab or a
// restarted browser is still signed in; a session at the OIDC issuer is kept in its tab. What speaks for a cookie
// instead, scripts that cannot read it, matters where foreign scripts run: this page loads none, and with a header
// there is no forged request.
import { createMemo, createRoot, createSignal } from 'solid-js'
import type { IssuerSession } from '../session/issuer-session.ts'
import { forgetSession, isIssuersTab } from '../session/issuer-traces.ts'
import { type Identity, identityOf, tokenFromFragment } from './token.ts'
import { words } from './words.ts'

const KEY = 'constellation.token'
/** A token is renewed when it has less than this left, or a fifth of its life where that is less, in milliseconds. */
const EARLY_MS = 60_000
/** With the issuer away, in milliseconds. */
const TRY_AGAIN_MS = 10_000
/** setTimeout takes no more than this, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

interface Session {
  token: string
  identity: Identity
  issuer?: IssuerSession
}

/** What signs people in at the issuer, loaded where somebody is. */
type Issuers = typeof import('../session/issuer-session.ts')
let issuers: Issuers | undefined

const [session, setSession] = createSignal<Session>()
const [problem, setProblem] = createSignal<string>()

/** Why somebody is not signed in any more, or could not be, in a sentence. */
export { problem }

/** What the server is shown. */
export const token = () => session()?.token

export const identity = () => session()?.identity

/** Who is signed in, as one text that stays when only the token is renewed. */
export const person = createRoot(() =>
  createMemo(() => {
    const present = session()
    return present && (present.identity.id ? JSON.stringify(present.identity) : present.token)
  }),
)

/** Keeps the token and shows the page with it. */
export function signIn(given: string): void {
  localStorage.setItem(KEY, given)
  forgetSession()
  hold(sessionOf(given))
}

/** Forgets the token, in every tab, and ends the session at the issuer. */
export function signOut(): void {
  const issuer = session()?.issuer
  end()
  const leaving = issuer && issuers?.leavingUrl(issuer)
  if (leaving !== undefined) location.assign(leaving)
}

/** The server did not accept `refused`. A token that took its place in the meantime stays. */
export async function tokenRefused(refused: string): Promise<void> {
  const present = session()
  if (present?.token !== refused) return
  const renewed = present.issuer?.tokens.refresh !== undefined && (await renewNow(present.issuer))
  if (renewed || token() !== refused) return
  end(present.issuer ? words.signedOut.ended : words.signedOut.refused)
}

/** Finds out who is signed in, and finishes a sign-in at the issuer where there is one to finish. It does not throw. */
export async function startSession(): Promise<void> {
  followSession()
  const given = takeFromAddress()
  if (given !== undefined) forgetSession()
  const kept = given ?? localStorage.getItem(KEY)
  if (kept !== null) setSession(sessionOf(kept))
  if (isIssuersTab()) await startAtIssuer()
}

async function startAtIssuer(): Promise<void> {
  try {
    issuers = await import('../session/issuer-session.ts')
    const issuer = (await issuers.finishSignIn()) ?? issuers.storedSession()
    if (issuer) holdIssuer(issuer)
  } catch (error) {
    setProblem(error instanceof Error ? error.message : String(error))
  }
}

let timer: ReturnType<typeof setTimeout> | undefined

function holdIssuer(issuer: IssuerSession): void {
  issuers?.keepSession(issuer)
  hold({ token: issuer.tokens.bearer, identity: issuer.identity, issuer })
  renewInTime(issuer)
}

function hold(next: Session): void {
  clearTimeout(timer)
  setProblem(undefined)
  setSession(next)
}

function end(why?: string): void {
  clearTimeout(timer)
  if (session()?.issuer) forgetSession()
  else localStorage.removeItem(KEY)
  setProblem(why)
  setSession(undefined)
}

function renewInTime(issuer: IssuerSession): void {
  if (!issuers || issuer.tokens.refresh === undefined) return
  const left = Math.max(0, issuers.endOf(issuer) - Date.now())
  const wait = left - Math.min(EARLY_MS, left / 5)
  timer = setTimeout(() => void renewNow(issuer), Math.min(wait, LONGEST_TIMER_MS))
}

/** Renews the session. False where that was not possible: it then goes on to the end of its token. */
async function renewNow(issuer: IssuerSession): Promise<boolean> {
  if (!issuers) return false
  clearTimeout(timer)
  try {
    const next = await issuers.renewSession(issuer)
    if (session()?.issuer === issuer) holdIssuer(next)
    return true
  } catch (error) {
    const final = issuers.isRefusal(error) || Date.now() >= issuers.endOf(issuer)
    if (!final && session()?.issuer === issuer) timer = setTimeout(() => void renewNow(issuer), TRY_AGAIN_MS)
    return false
  }
}

/** Follows what other tabs do, and links that are opened in this one. */
function followSession(): void {
  addEventListener('storage', (event) => {
    if (session()?.issuer || (event.key !== KEY && event.key !== null)) return
    const given = localStorage.getItem(KEY)
    setSession(given === null ? undefined : sessionOf(given))
  })
  addEventListener('hashchange', () => {
    const given = takeFromAddress()
    if (given !== undefined) signIn(given)
  })
}

function sessionOf(given: string): Session {
  return { token: given, identity: identityOf(given) }
}

/** Takes the token out of the address, where it would end up in bookmarks and screenshots. */
function takeFromAddress(): string | undefined {
  const given = tokenFromFragment(location.hash)
  if (given === undefined) return undefined
  history.replaceState(history.state, '', location.pathname + location.search)
  localStorage.setItem(KEY, given)
  return given
}
