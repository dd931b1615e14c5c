import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import { UnsecuredJWT } from 'jose'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { makeKeys, type TestKeys } from '../testing/gateway.ts'
import { createAuthenticate } from './authenticate.ts'
import { createDiscovery } from './discover.ts'
import type { OidcTimes } from './oidc-keys.ts'
import { startTestIssuer, type TestIssuer } from './testing-issuer.ts'

const AUDIENCE = 'constellation-page'
const log = createLogger('test', 'silent')

let issuer: TestIssuer
let keys: TestKeys

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'constellation-oidc-'))
  keys = await makeKeys(folder)
  issuer = await startTestIssuer(AUDIENCE)
  await issuer.addKey('RS256', 'first')
  return async () => {
    await issuer.goAway().catch(() => {})
    await rm(folder, { recursive: true })
  }
})

const open = (times: Partial<OidcTimes> = {}, claims = { subject: 'sub', role: 'role', accounts: 'accounts' }) =>
  createAuthenticate({
    jwksFile: keys.jwksFile,
    issuer: 'constellation-local',
    audience: 'constellation',
    oidc: {
      issuer: issuer.url,
      audience: AUDIENCE,
      clientId: undefined,
      scope: 'openid',
      claims,
      discovery: createDiscovery(issuer.url, log, 0),
      times: { pauseMs: 0, ...times },
    },
    log,
  })

/** A token signed with the issuer's public key as a shared secret. */
function confused(): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const exp = Math.floor(Date.now() / 1_000) + 600
  const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'carol', role: 'admin', exp }
  const content = `${encode({ alg: 'HS256', kid: 'first' })}.${encode(claims)}`
  return `${content}.${createHmac('sha256', JSON.stringify(issuer.keys[0])).update(content).digest('base64url')}`
}

const unsigned = () =>
  new UnsecuredJWT({ role: 'admin' })
    .setIssuer(issuer.url)
    .setAudience(AUDIENCE)
    .setSubject('carol')
    .setExpirationTime('5m')
    .encode()

describe('a token of the OIDC issuer', () => {
  test.each(['RS256', 'ES256', 'EdDSA'])(
    'is taken that is signed with %s, beside the own ones of the stack',
    async (alg) => {
      const authenticate = await open()
      await issuer.addKey(alg, 'second')
      const signed = await authenticate(await issuer.sign({ role: 'analyst', accounts: ['a', 'b'] }))
      expect(signed.principal).toEqual({ id: 'carol', role: 'analyst', accounts: ['a', 'b'] })
      expect((await authenticate(await keys.sign({ sub: 'alice' }))).principal.id).toBe('alice')
    },
  )

  test.each<[string, () => string | Promise<string>]>([
    ['is not signed', unsigned],
    ['is signed with the public key as a secret', confused],
    ['names a key that the issuer does not have', () => issuer.sign({}, { kid: 'unheard-of' })],
    ['is for another audience', () => issuer.sign({}, { audience: 'constellation' })],
    ['has ended', () => issuer.sign({}, { ttlSeconds: -6 })],
    ['is signed by the stack in its name', () => keys.sign({ issuer: issuer.url, audience: AUDIENCE })],
    [
      'is its own in the name of the stack',
      () => issuer.sign({ iss: 'constellation-local' }, { audience: 'constellation' }),
    ],
    ['is of an issuer that nobody knows', () => issuer.sign({ iss: 'https://elsewhere.example' })],
    ['names no role of ours', () => issuer.sign({ role: ['wheel'] })],
    ['claims to be a worker', () => issuer.sign({ role: 'worker' })],
    ['has a subject that is no name', () => issuer.sign({ sub: 'auth0|7' })],
  ])('is refused that %s', async (_what, make) => {
    const authenticate = await open()
    await expect(authenticate(await make())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('says who somebody is in claims that the settings name', async () => {
    const names = { subject: 'email', role: 'realm_access.roles', accounts: 'https://example.org/teams' }
    const authenticate = await open({}, names)
    const token = await issuer.sign({
      email: 'carol@example.org',
      realm_access: { roles: ['offline_access', 'user', 'operator', 'analyst'] },
      'https://example.org/teams': 'physics',
    })
    expect((await authenticate(token)).principal).toEqual({
      id: 'carol@example.org',
      role: 'operator',
      accounts: ['physics'],
    })
  })

  test('of a new key is taken at once; unknown keys have the keys fetched once in a while', async () => {
    const authenticate = await open({ coolDownMs: 0 })
    await authenticate(await issuer.sign({}))
    await issuer.addKey('ES256', 'second')
    await authenticate(await issuer.sign({}))

    const calm = await open({ coolDownMs: 600_000 })
    await calm(await issuer.sign({}))
    const before = issuer.fetched()
    for (const kid of ['a', 'b', 'c']) {
      await expect(calm(await issuer.sign({}, { kid }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    }
    expect(issuer.fetched()).toBe(before)
  })

  test('of a withdrawn key is taken no more once the keys were looked at again, though it was remembered', async () => {
    const authenticate = await open({ lookAgainMs: 0 })
    const old = await issuer.sign({})
    await authenticate(old)
    issuer.keys.length = 0
    await issuer.addKey('RS256', 'second')
    await vi.waitFor(() => expect(authenticate(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' }))
    await authenticate(await issuer.sign({}))
  })

  test('goes on with the issuer away where its key is known, and else cannot be checked', async () => {
    const authenticate = await open({ coolDownMs: 0, lookAgainMs: 0 })
    await authenticate(await issuer.sign({}))
    await issuer.goAway()
    for (const sub of ['dave', 'erin']) {
      expect((await authenticate(await issuer.sign({ sub }))).principal.id).toBe(sub)
    }
    await issuer.addKey('ES256', 'second')
    const token = await issuer.sign({})
    await expect(authenticate(token)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await issuer.comeBack()
    await authenticate(token)
  })

  test('cannot be checked before the issuer is there, while those of the stack are', async () => {
    await issuer.goAway()
    const authenticate = await open()
    const token = await issuer.sign({})
    await expect(authenticate(token)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await authenticate(await keys.sign())
    await issuer.comeBack()
    await authenticate(token)
  })

  test('is not checked with the keys of whoever calls itself otherwise', async () => {
    issuer.claimsToBe = { issuer: 'https://elsewhere.example' }
    const authenticate = await open()
    await expect(authenticate(await issuer.sign({}))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
