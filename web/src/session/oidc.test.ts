import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type Attempt,
  authorizationUrl,
  codeIn,
  exchangeCode,
  newAttempt,
  Refused,
  renew,
  type SignInService,
  signOutUrl,
} from './oidc.ts'

const service: SignInService = {
  issuer: 'https://issuer.example',
  clientId: 'page',
  audience: null,
  scope: 'openid',
  authorizationEndpoint: 'https://issuer.example/auth?realm=a',
  tokenEndpoint: 'https://issuer.example/token',
  endSessionEndpoint: 'https://issuer.example/leave',
}
const graph = { ...service, audience: 'https://graph.example' }
const begun: Attempt = { state: 's', nonce: 'n', verifier: 'v', returnTo: '/app/jobs' }
const BACK = 'https://graph.example/app/signed-in'

const idToken = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify({ iss: service.issuer, aud: 'page', nonce: 'n', ...claims })).toString('base64url')}.c2ln`

let asked: Record<string, string>
let given: { status: number; body: object }

beforeEach(() => {
  given = { status: 200, body: { access_token: 'access', id_token: idToken({}), refresh_token: 'next' } }
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: URLSearchParams }) => {
    asked = Object.fromEntries(body)
    return Response.json(given.body, { status: given.status })
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('the way to the issuer', () => {
  test('carries the hash of the verifier, never itself', async () => {
    const url = new URL(
      await authorizationUrl(service, { ...begun, verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' }, BACK),
    )
    expect(Object.fromEntries(url.searchParams)).toEqual({
      realm: 'a',
      response_type: 'code',
      client_id: 'page',
      redirect_uri: BACK,
      scope: 'openid',
      state: 's',
      nonce: 'n',
      // The example of RFC 7636, appendix B.
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    })
  })

  test('asks for a token for the graph where that is an audience of its own', async () => {
    const { searchParams } = new URL(await authorizationUrl(graph, begun, BACK))
    expect(searchParams.get('resource')).toBe(graph.audience)
    const named = new URL(await authorizationUrl({ ...service, audience: 'graph' }, begun, BACK)).searchParams
    expect([named.get('audience'), named.get('resource')]).toEqual(['graph', null])
  })

  test('begins with secrets that nobody guesses', () => {
    const { state, nonce, verifier } = newAttempt('/app/')
    expect(new Set([state, nonce, verifier, newAttempt('/app/').state]).size).toBe(4)
    for (const secret of [state, nonce, verifier]) expect(secret).toMatch(/^[\w-]{43}$/)
  })
})

describe('the way back', () => {
  test('gives the code where it is of this sign-in', () => expect(codeIn('?code=c&state=s', begun)).toBe('c'))

  test.each<[string, Attempt | undefined, RegExp]>([
    ['?code=c&state=t', begun, /not begun here/],
    ['?code=c', begun, /not begun here/],
    ['?code=c&state=s', undefined, /not begun here/],
    ['?code=c', undefined, /not begun here/],
    ['?error=access_denied&error_description=No&state=s', begun, /^No$/],
    ['?state=s', begun, /failed/],
  ])('gives none for %s', (search, attempt, message) => {
    expect(() => codeIn(search, attempt)).toThrow(message)
  })
})

describe('a code', () => {
  test('is exchanged for the token that names the person, or for one for the graph', async () => {
    const got = await exchangeCode(service, begun, 'c', BACK)
    expect(got).toEqual({ bearer: idToken({}), idToken: idToken({}), refresh: 'next' })
    expect(asked).toEqual({
      grant_type: 'authorization_code',
      client_id: 'page',
      code: 'c',
      redirect_uri: BACK,
      code_verifier: 'v',
    })
    expect((await exchangeCode(graph, begun, 'c', BACK)).bearer).toBe('access')
    expect(asked.resource).toBe(graph.audience)
  })

  test.each([
    { nonce: 'other' },
    { nonce: undefined },
    { iss: 'https://elsewhere.example' },
    { aud: 'another-client' },
  ])('is not taken with an answer that says %j', async (claims) => {
    given.body = { access_token: 'access', id_token: idToken(claims) }
    await expect(exchangeCode(service, begun, 'c', BACK)).rejects.toThrow('another sign-in')
  })
})

describe('a renewal', () => {
  const held = { bearer: 'old', idToken: 'old', refresh: 'once' }

  test('goes on with the refresh token that it had where it got no other', async () => {
    given.body = { access_token: 'access', id_token: 'new' }
    expect(await renew(service, held)).toEqual({ bearer: 'new', idToken: 'new', refresh: 'once' })
    expect(asked).toEqual({ grant_type: 'refresh_token', client_id: 'page', refresh_token: 'once' })
    given.body = { access_token: 'access', refresh_token: 'twice' }
    expect(await renew(graph, held)).toEqual({ bearer: 'access', idToken: 'old', refresh: 'twice' })
  })

  test('that is refused is told from one that may work later', async () => {
    given = { status: 400, body: { error: 'invalid_grant' } }
    await expect(renew(service, held)).rejects.toBeInstanceOf(Refused)
    given.status = 503
    await expect(renew(service, held)).rejects.not.toBeInstanceOf(Refused)
  })
})

test('the way out says who leaves, and where to come back to', () => {
  const url = new URL(signOutUrl(service, { bearer: '', idToken: 'id', refresh: '' }, BACK) ?? '')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    id_token_hint: 'id',
    client_id: 'page',
    post_logout_redirect_uri: BACK,
  })
  expect(signOutUrl({ ...service, endSessionEndpoint: null }, { bearer: '', idToken: '' }, BACK)).toBeUndefined()
})
