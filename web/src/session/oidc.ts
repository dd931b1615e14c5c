// Signing in at an OIDC issuer: the code flow with PKCE (RFC 7636). Nothing here touches the page; `issuer-session.ts` does.
import * as v from 'valibot'
import { payloadOf } from '../shared/token.ts'

export const service = v.object({
  issuer: v.string(),
  clientId: v.string(),
  /** What the token is to be meant for, where that is not the client itself. */
  audience: v.nullable(v.string()),
  scope: v.string(),
  authorizationEndpoint: v.string(),
  tokenEndpoint: v.string(),
  endSessionEndpoint: v.nullable(v.string()),
})
/** Where people sign in. */
export type SignInService = v.InferOutput<typeof service>
const answer = v.object({ oidc: v.nullable(service) })

/** What must be remembered of a sign-in while the person is away at the issuer. */
export const attempt = v.object({ state: v.string(), nonce: v.string(), verifier: v.string(), returnTo: v.string() })
export type Attempt = v.InferOutput<typeof attempt>

const tokenAnswer = v.object({
  access_token: v.string(),
  id_token: v.optional(v.string()),
  refresh_token: v.optional(v.string()),
})
const claims = v.object({
  iss: v.string(),
  aud: v.union([v.string(), v.array(v.string())]),
  nonce: v.optional(v.string()),
})

export const tokens = v.object({
  /** What the server is shown. */
  bearer: v.string(),
  /** Says to the issuer who leaves. */
  idToken: v.string(),
  /** Gets the next ones, where the issuer gave one. */
  refresh: v.optional(v.string()),
})
export type Tokens = v.InferOutput<typeof tokens>

const LIMIT_MS = 10_000

/** Where people sign in, or undefined where they do not, or that cannot be told now. */
export async function findService(): Promise<SignInService | undefined> {
  const found = await fetch('/app/sign-in.json', { signal: AbortSignal.timeout(LIMIT_MS) })
  return found.ok ? (v.parse(answer, await found.json()).oidc ?? undefined) : undefined
}

export function newAttempt(returnTo: string): Attempt {
  return { state: random(), nonce: random(), verifier: random(), returnTo }
}

/** Where the person signs in. The verifier stays here: who catches the code on its way back has no use for it. */
export async function authorizationUrl(at: SignInService, begun: Attempt, redirectUri: string): Promise<string> {
  const url = new URL(at.authorizationEndpoint)
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier))
  const parameters = {
    response_type: 'code',
    client_id: at.clientId,
    redirect_uri: redirectUri,
    scope: at.scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: base64url(new Uint8Array(hash)),
    code_challenge_method: 'S256',
    // Some issuers give a refresh token only where they have asked the person.
    ...(at.scope.includes('offline_access') && { prompt: 'consent' }),
    ...audienceOf(at),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/** The code in the address that the issuer sent the person back to. @throws Error where it belongs to no sign-in begun here, or is a refusal */
export function codeIn(search: string, begun: Attempt | undefined): string {
  const parameters = new URLSearchParams(search)
  if (!begun || parameters.get('state') !== begun.state) throw new Error('This sign-in was not begun here. Try again.')
  const code = parameters.get('code')
  if (code) return code
  throw new Error(parameters.get('error_description') ?? parameters.get('error') ?? 'The sign-in has failed.')
}

/** Exchanges a code. @throws Error where the issuer refuses, or answers for another sign-in */
export async function exchangeCode(
  at: SignInService,
  begun: Attempt,
  code: string,
  redirectUri: string,
): Promise<Tokens> {
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: begun.verifier }
  const given = await askForTokens(at, { ...fields, ...audienceOf(at) })
  if (given.id_token === undefined) throw new Error('The sign-in service does not say who you are.')
  checkIdToken(given.id_token, at, begun)
  return tokensOf(at, given, { idToken: given.id_token, refresh: undefined })
}

/** The next tokens for a refresh token. @throws Refused where the issuer gives no more, and Error where it may later */
export async function renew(at: SignInService, { idToken, refresh = '' }: Tokens): Promise<Tokens> {
  const given = await askForTokens(at, { grant_type: 'refresh_token', refresh_token: refresh, ...audienceOf(at) })
  if (given.id_token === undefined && at.audience === null) throw new Refused('The issuer gave no token.')
  return tokensOf(at, given, { idToken: given.id_token ?? idToken, refresh })
}

/** Where a person signs out at the issuer too, or undefined where that is not offered. */
export function signOutUrl(at: SignInService, { idToken }: Tokens, returnTo: string): string | undefined {
  if (at.endSessionEndpoint === null) return undefined
  const url = new URL(at.endSessionEndpoint)
  url.searchParams.set('id_token_hint', idToken)
  url.searchParams.set('client_id', at.clientId)
  url.searchParams.set('post_logout_redirect_uri', returnTo)
  return url.href
}

/** The issuer has answered, and will not answer otherwise. */
export class Refused extends Error {}

async function askForTokens(at: SignInService, fields: Record<string, string>) {
  const answered = await fetch(at.tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, client_id: at.clientId }),
    signal: AbortSignal.timeout(LIMIT_MS),
  })
  if (answered.status >= 400 && answered.status < 500) throw new Refused('The sign-in service gives no token.')
  if (!answered.ok) throw new Error(`The sign-in service answers with status ${answered.status}.`)
  return v.parse(tokenAnswer, await answered.json())
}

/**
 * It came over TLS from the issuer itself, which OpenID Connect Core 3.1.3.7 takes in place of its signature; the
 * gateway checks that of each token that it is shown.
 */
function checkIdToken(idToken: string, at: SignInService, { nonce }: Attempt): void {
  const said = v.safeParse(claims, payloadOf(idToken))
  const isOurs =
    said.success &&
    said.output.iss === at.issuer &&
    [said.output.aud].flat().includes(at.clientId) &&
    said.output.nonce === nonce
  if (!isOurs) throw new Error('The sign-in service has answered for another sign-in. Try again.')
}

function tokensOf(
  at: SignInService,
  given: v.InferOutput<typeof tokenAnswer>,
  present: Pick<Tokens, 'idToken' | 'refresh'>,
): Tokens {
  return {
    bearer: at.audience === null ? present.idToken : given.access_token,
    idToken: present.idToken,
    refresh: given.refresh_token ?? present.refresh,
  }
}

/** How a token for another audience than the client is asked for: by RFC 8707, and as some issuers name it. */
function audienceOf({ audience }: SignInService): Record<string, string> {
  if (audience === null) return {}
  return { audience, ...(URL.canParse(audience) && { resource: audience }) }
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
