import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecrets } from '../secrets.ts'
import { makeTestHome, removeTestHome } from '../testing/test-home.ts'
import { loadIssuer } from './keys.ts'
import { adminToken, mintToken } from './token.ts'
import { parseTokenArguments } from './token-command.ts'

let home: string

beforeEach(async () => {
  home = await makeTestHome()
})

afterEach(() => removeTestHome(home))

async function mode(...name: string[]): Promise<number> {
  return (await stat(path.join(home, ...name))).mode & 0o777
}

describe('a token', () => {
  it('is verified by the public key in the file that the gateway reads', async () => {
    const issuer = await loadIssuer(home)
    const token = await mintToken(issuer, {
      subject: 'alice',
      role: 'user',
      accounts: ['team-a', 'team-b'],
      ttlSeconds: 3600,
    })
    const jwks = JSON.parse(await readFile(issuer.jwksFile, 'utf8'))
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(jwks))
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: issuer.kid })
    expect(payload).toMatchObject({
      iss: 'constellation-local',
      aud: 'constellation',
      sub: 'alice',
      role: 'user',
      accounts: ['team-a', 'team-b'],
      jti: expect.any(String),
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600)
    expect(JSON.stringify(jwks)).not.toContain('"d"')
  })

  it('is signed by the same key after a restart', async () => {
    expect((await loadIssuer(home)).kid).toBe((await loadIssuer(home)).kid)
  })

  it('comes from one key where two processes make the first one', async () => {
    const kids = await Promise.all([loadIssuer(home), loadIssuer(home), loadIssuer(home)])
    expect(new Set(kids.map(({ kid }) => kid)).size).toBe(1)
  })
})

describe("the administrator's token", () => {
  it('stays the same while it holds', async () => {
    const issuer = await loadIssuer(home)
    expect(await adminToken(home, issuer)).toBe(await adminToken(home, issuer))
  })

  it('is made anew when it is about to expire, of another key, or damaged', async () => {
    const issuer = await loadIssuer(home)
    const other = await loadIssuer(path.join(home, 'another'))
    const content = { subject: 'admin', role: 'admin', accounts: [] } as const
    const bad = [
      await mintToken(issuer, { ...content, ttlSeconds: 60 }),
      await mintToken(other, { ...content, ttlSeconds: 31_536_000 }),
      'damaged',
    ]
    for (const token of bad) {
      await writeFile(path.join(home, 'admin.token'), token)
      expect(await adminToken(home, issuer)).not.toBe(token)
    }
  })
})

describe('secrets', () => {
  it('are made once, and only their owner may read them', async () => {
    const issuer = await loadIssuer(home)
    await adminToken(home, issuer)
    expect(await loadSecrets(home)).toEqual(await loadSecrets(home))
    expect(await mode('secrets.json')).toBe(0o600)
    expect(await mode('admin.token')).toBe(0o600)
    expect(await mode('issuer', 'private.jwk')).toBe(0o600)
    expect(await mode('issuer')).toBe(0o700)
  })

  it('are not made again over a damaged file', async () => {
    await writeFile(path.join(home, 'secrets.json'), '{"postgresSuperuser": "')
    await expect(loadSecrets(home)).rejects.toThrow(/secrets.json is damaged/)
  })
})

describe('the arguments of `npm run token`', () => {
  it('have defaults', () => {
    expect(parseTokenArguments(['--user', 'alice'])).toEqual({
      subject: 'alice',
      role: 'user',
      accounts: [],
      ttlSeconds: 2_592_000,
    })
  })

  it('may name several accounts, a role and a time', () => {
    const args = [
      '--user',
      'bob',
      '--account',
      'team-a',
      '--account',
      'team-b',
      '--role',
      'account-manager',
      '--ttl',
      '8h',
    ]
    expect(parseTokenArguments(args)).toEqual({
      subject: 'bob',
      role: 'account-manager',
      accounts: ['team-a', 'team-b'],
      ttlSeconds: 28_800,
    })
  })

  it.each([
    [[], /--user is missing/],
    [['--user', 'a b'], /--user must be 1 to 128 letters/],
    [['--user', 'a', '--role', 'root'], /--role must be one of user, account-manager/],
    [['--user', 'a', '--account', 'x/y'], /--account must be/],
    [['--user', 'a', '--ttl', '8'], /--ttl must be such as/],
    [['--user', 'a', '--ttl', '0h'], /--ttl must be such as/],
    [['--user', 'a', '--ttl', '366d'], /at most 365d/],
    [['--user', 'a', '--admin'], /Unknown option '--admin'/],
    [['--user', 'a', 'extra'], /Unexpected argument 'extra'/],
  ])('are refused when they are %j', (args, message) => {
    expect(() => parseTokenArguments(args)).toThrow(message)
  })
})
