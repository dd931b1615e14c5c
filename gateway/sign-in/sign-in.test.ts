import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeKeys, startTestGateway, type TestGateway, type TestKeys } from '../testing/gateway.ts'
import { createAuthenticate } from './authenticate.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

const soon = () => Math.floor(Date.now() / 1000) + 600

/** Claims that would hold, were they signed. */
const claims = () => ({
  sub: 'alice',
  iss: 'constellation-local',
  aud: 'constellation',
  exp: soon(),
  role: 'admin',
  accounts: [],
})

/** A token signed with the public key as a shared secret, which a careless checker takes. */
async function confused(): Promise<string> {
  const secret = await readFile(gateway.keys.jwksFile)
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const content = `${encode({ alg: 'HS256', kid: 'test', typ: 'JWT' })}.${encode(claims())}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

async function signedByStranger(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256')
  return await new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'test' }).sign(privateKey)
}

async function damaged(): Promise<string> {
  const [header, , signature] = (await gateway.keys.sign()).split('.')
  return `${header}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.${signature}`
}

describe('a request', () => {
  test.each([
    ['has no token', async () => undefined],
    ['has something else', async () => 'x'],
    ['has a token signed by a stranger', signedByStranger],
    ['has a token whose claims were changed', damaged],
    ['has a token of the algorithm none', async () => new UnsecuredJWT(claims()).encode()],
    ['has a token signed with the public key as a secret', confused],
    ['has a token that has ended', () => gateway.keys.sign({ ttl: -6 })],
    ['has a token of another issuer', () => gateway.keys.sign({ issuer: 'elsewhere' })],
    ['has a token for another audience', () => gateway.keys.sign({ audience: 'elsewhere' })],
    ['has a token with an unknown role', () => gateway.keys.sign({ role: 'king' })],
    ['has a token without accounts', () => gateway.keys.sign({ accounts: null })],
    ['has a token with a name that is none', () => gateway.keys.sign({ sub: 'a b' })],
  ])('gets 401 when it %s', async (_what, make) => {
    const token = await make()
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const graphql = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ version }"}' })
    expect(graphql.status).toBe(401)
    expect(graphql.headers.get('www-authenticate')).toBe('Bearer')
    expect(await graphql.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    const elsewhere = await fetch(`${gateway.url}/no/such/path`, { headers })
    expect(elsewhere.status).toBe(401)
    expect(elsewhere.headers.get('www-authenticate')).toBe('Bearer')
    expect(elsewhere.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await elsewhere.json()).toMatchObject({ title: 'Unauthorized', status: 401 })
  })

  test('gets an answer with a token that holds, and 404 for a path that is none', async () => {
    const token = await gateway.as('alice')
    expect((await gateway.query(token, '{ version }')).status).toBe(200)
    const absent = await fetch(`${gateway.url}/no/such/path`, { headers: { authorization: `bearer ${token}` } })
    expect(absent.status).toBe(404)
    expect(await absent.json()).toMatchObject({ status: 404 })
  })

  test('with a token in its address gets 401: addresses are logged', async () => {
    const token = await gateway.as('alice')
    expect((await fetch(`${gateway.url}/graphql?token=${token}&query={version}`)).status).toBe(401)
  })

  test('that cannot be read gets 400', async () => {
    expect((await fetch(`${gateway.url}/%`)).status).toBe(400)
  })
})

describe('a token', () => {
  let folder: string
  let keys: TestKeys

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'constellation-tokens-'))
    keys = await makeKeys(folder)
    return () => rm(folder, { recursive: true })
  })

  const create = () =>
    createAuthenticate({
      jwksFile: keys.jwksFile,
      issuer: 'constellation-local',
      audience: 'constellation',
      log: createLogger('test', 'silent'),
    })

  test('says who its bearer is, and when it ends', async () => {
    const authenticate = await create()
    const signed = await authenticate(
      await keys.sign({ sub: 'carol@example.org', role: 'account-manager', accounts: ['a', 'b'] }),
    )
    expect(signed.principal).toEqual({ id: 'carol@example.org', role: 'account-manager', accounts: ['a', 'b'] })
    expect(signed.expiresAt).toBeGreaterThan(Date.now())
  })

  test('is not taken from memory once it has ended', async () => {
    const authenticate = await create()
    const token = await keys.sign({ ttl: 60 })
    await authenticate(token)
    vi.useFakeTimers({ now: Date.now() + 66_000, toFake: ['Date'] })
    await expect(authenticate(token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The token has expired.',
    })
    vi.useRealTimers()
  })

  test('of a new key is taken at once, and of a removed key no more', async () => {
    const authenticate = await create()
    const old = await keys.sign()
    await authenticate(old)
    const next = await makeKeys(folder, 'next')
    await authenticate(await next.sign())
    await expect(authenticate(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('of a key that is removed while it is checked is not remembered', async () => {
    const authenticate = await create()
    const old = await keys.sign()
    const verify = crypto.subtle.verify.bind(crypto.subtle)
    const late = Promise.withResolvers<void>()
    const slow = vi.spyOn(crypto.subtle, 'verify').mockImplementationOnce(async (...args) => {
      await late.promise
      return await verify(...args)
    })
    const checking = authenticate(old)
    await vi.waitFor(() => expect(slow).toHaveBeenCalled())
    const next = await makeKeys(folder, 'next')
    await authenticate(await next.sign())
    late.resolve()
    await checking
    await expect(authenticate(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    slow.mockRestore()
  })

  test('is still taken while the file of keys is damaged', async () => {
    const authenticate = await create()
    await writeFile(keys.jwksFile, '{')
    vi.useFakeTimers({ now: Date.now() + 2_000, toFake: ['Date'] })
    await authenticate(await keys.sign())
    vi.useRealTimers()
  })

  test('cannot be checked without keys, and the start fails', async () => {
    await rm(keys.jwksFile)
    await expect(create()).rejects.toThrow('ENOENT')
  })
})
