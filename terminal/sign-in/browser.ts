// Signing in with this machine's browser: the code flow with PKCE, back to an address of this process (RFC 8252).
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import * as v from 'valibot'
import { Failure } from '../failure.ts'
import { note } from '../view/output.ts'
import { plain } from '../view/text.ts'
import { askForTokens, audienceOf, type IssuerTokens, type SignInService } from './issuer.ts'

const claims = v.object({ iss: v.string(), aud: v.union([v.string(), v.array(v.string())]), nonce: v.string() })
const PATH = '/signed-in'
const PATIENCE_MS = 300_000

/** `browser` is the program that opens an address. @throws Failure where it was refused, or nobody came back in time */
export async function signInByBrowser(at: SignInService, browser: string | undefined): Promise<IssuerTokens> {
  const secrets = { state: random(), nonce: random(), verifier: random() }
  const back = await listenForCode(secrets.state)
  try {
    const url = addressOf(at, back.redirectUri, secrets)
    note(`Sign in at ${url}`)
    openBrowser(browser, url)
    const fields = {
      grant_type: 'authorization_code',
      client_id: at.clientId,
      code: await back.code,
      redirect_uri: back.redirectUri,
      code_verifier: secrets.verifier,
      ...audienceOf(at),
    }
    const given = await askForTokens(at.tokenEndpoint, fields)
    if (!('answer' in given)) throw new Failure('signedOut', plain(given.message))
    requireOfThisSignIn(given.answer, at, secrets.nonce)
    return given.answer
  } finally {
    back.close()
  }
}

function addressOf(
  at: SignInService,
  redirectUri: string,
  { state, nonce, verifier }: Record<'state' | 'nonce' | 'verifier', string>,
): string {
  const url = new URL(at.authorizationEndpoint)
  const parameters = {
    response_type: 'code',
    client_id: at.clientId,
    redirect_uri: redirectUri,
    scope: at.scope,
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    // Some issuers give a refresh token only where they have asked the person.
    ...(at.scope.includes('offline_access') && { prompt: 'consent' }),
    ...audienceOf(at),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

async function listenForCode(state: string) {
  let give = (_code: string) => {}
  let refuse = (_failure: Failure) => {}
  const code = new Promise<string>((resolve, reject) => {
    give = resolve
    refuse = reject
  })
  const server = createServer((request, response) => {
    // Whatever else runs here may ask for what is no address, such as `//`.
    const { pathname, searchParams } = URL.parse(request.url ?? '/', 'http://127.0.0.1') ?? {}
    if (pathname !== PATH || searchParams?.get('state') !== state) return void response.writeHead(404).end()
    const found = searchParams.get('code')
    const problem = searchParams.get('error_description') ?? searchParams.get('error') ?? 'The sign-in has failed.'
    response.setHeader('content-type', 'text/plain; charset=utf-8')
    response.end(found ? 'Signed in. You can close this page and go back to the terminal.' : 'The sign-in has failed.')
    if (found) give(found)
    else refuse(new Failure('signedOut', plain(problem)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const timer = setTimeout(
    () => refuse(new Failure('signedOut', 'Nobody has signed in in time. Try again.')),
    PATIENCE_MS,
  )
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    code,
    redirectUri: `http://127.0.0.1:${port}${PATH}`,
    close() {
      clearTimeout(timer)
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Where there is no browser, the person opens the address that was printed. */
function openBrowser(browser: string | undefined, url: string): void {
  const program = browser ?? (process.platform === 'darwin' ? 'open' : 'xdg-open')
  const child = spawn(program, [url], { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}

/** @throws Failure where the answer is one to another sign-in */
function requireOfThisSignIn(
  { id_token: idToken }: IssuerTokens,
  { issuer, clientId }: SignInService,
  nonce: string,
): void {
  const part = idToken?.split('.')[1] ?? ''
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), claims), Buffer.from(part, 'base64url').toString())
  const isOurs =
    read.success &&
    read.output.iss === issuer &&
    read.output.nonce === nonce &&
    [read.output.aud].flat().includes(clientId)
  if (!isOurs) throw new Failure('signedOut', 'The sign-in service has answered another sign-in. Try again.')
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
