// The OIDC issuer that a gateway names, and the tokens that it gives.
import * as v from 'valibot'
import { Failure } from '../failure.ts'
import type { Context, Issuer } from '../server/contexts.ts'

/** Of the web alone: it is handed to the program that opens addresses, which knows many more kinds. */
const address = v.pipe(v.string(), v.url(), v.regex(/^https?:/i), v.maxLength(2_048))
const service = v.object({
  issuer: address,
  clientId: v.string(),
  /** What the token is to be meant for, where that is not the client itself. */
  audience: v.nullable(v.string()),
  scope: v.string(),
  authorizationEndpoint: address,
  tokenEndpoint: address,
})
const answer = v.object({ oidc: v.nullable(service) })
const metadata = v.object({ issuer: address, device_authorization_endpoint: v.optional(address) })
const tokens = v.object({
  access_token: v.string(),
  id_token: v.optional(v.string()),
  refresh_token: v.optional(v.string()),
})
const refusal = v.object({ error: v.string(), error_description: v.optional(v.string()) })

export type SignInService = v.InferOutput<typeof service>
export type IssuerTokens = v.InferOutput<typeof tokens>

const LIMIT_MS = 10_000

/** Where people sign in who use this gateway; null where they do not. */
export async function findService(url: string): Promise<SignInService | null> {
  return v.parse(answer, await readJson(`${url}/app/sign-in.json`)).oidc
}

/** Where a device asks for a code, where the issuer offers that. */
export async function deviceEndpoint({ issuer }: SignInService): Promise<string | undefined> {
  const found = v.parse(metadata, await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
  // Else another would be asked in its name.
  return found.issuer === issuer ? found.device_authorization_endpoint : undefined
}

async function readJson(url: string): Promise<unknown> {
  try {
    const found = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS), redirect: 'error' })
    if (found.ok) return await found.json()
    throw new Error(`It answered with status ${found.status}.`)
  } catch (cause) {
    throw new Failure('unreachable', `${url} could not be read.`, { cause })
  }
}

/** What the issuer answers to a form; `refused` is its word, such as `authorization_pending`. */
export async function askIssuer<Schema extends v.GenericSchema>(
  endpoint: string,
  fields: Readonly<Record<string, string>>,
  schema: Schema,
): Promise<{ answer: v.InferOutput<Schema> } | { refused: string; message: string }> {
  let found: Response
  let content: unknown
  try {
    found = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(LIMIT_MS),
      redirect: 'error',
    })
    content = await found.json()
  } catch (cause) {
    throw new Failure('unreachable', `The sign-in service at ${new URL(endpoint).host} does not answer. Try again.`, {
      cause,
    })
  }
  const read = v.safeParse(schema, content)
  if (found.ok && read.success) return { answer: read.output }
  const no = v.safeParse(refusal, content)
  return no.success
    ? { refused: no.output.error, message: no.output.error_description ?? no.output.error }
    : { refused: 'unknown', message: `The sign-in service answered with status ${found.status}.` }
}

export async function askForTokens(endpoint: string, fields: Readonly<Record<string, string>>) {
  return await askIssuer(endpoint, fields, tokens)
}

/** For a token for the graph, where that is an audience of its own (RFC 8707; some issuers call it otherwise). */
export function audienceOf({ audience }: Pick<SignInService, 'audience'>): Record<string, string> {
  if (audience === null) return {}
  return URL.canParse(audience) ? { resource: audience } : { audience }
}

/** What is kept of a sign-in. @throws Failure where the issuer gave no token that says who one is */
export function contextOf(url: string, at: SignInService, given: IssuerTokens): Context {
  const token = tokenOf(at, given)
  if (token === undefined) throw new Failure('signedOut', 'The sign-in service does not say who you are.')
  const issuer: Issuer = {
    issuer: at.issuer,
    clientId: at.clientId,
    tokenEndpoint: at.tokenEndpoint,
    audience: at.audience,
    refresh: given.refresh_token ?? null,
  }
  return { url, token, issuer }
}

/** What the graph is shown: the token that names the person, or one that is meant for the graph. */
export function tokenOf({ audience }: Pick<SignInService, 'audience'>, given: IssuerTokens): string | undefined {
  return audience === null ? given.id_token : given.access_token
}
