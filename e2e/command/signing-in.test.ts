import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@constellation/local/free-port.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openWorld, type World } from '../testing.ts'
import { CLIENT_ID, startOidcProvider } from '../testing-oidc.ts'
import { type Caller, callerFor } from './testing.ts'

/** Shorter than the time before its end at which a token is renewed: each command renews it. */
const TTL_SECONDS = 20

let provider: Awaited<ReturnType<typeof startOidcProvider>>
let world: World
let constellation: Caller
beforeAll(async () => {
  provider = await startOidcProvider(TTL_SECONDS)
  const claims = { OIDC_ROLE_CLAIM: 'groups', OIDC_ACCOUNTS_CLAIM: 'teams' }
  const settings = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_SCOPE: 'openid offline_access',
    ...claims,
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  const port = await freePort()
  provider.serve(`http://127.0.0.1:${port}`)
  world = await openWorld({ PORT: String(port) })
  constellation = callerFor(world).with({
    CONSTELLATION_URL: undefined,
    CONSTELLATION_TOKEN: undefined,
    BROWSER: 'true',
  })
}, 120_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await world?.close()
  await provider?.stop()
})

const kept = async () =>
  JSON.parse(await readFile(path.join(world.stack.home, 'config', 'constellation', 'config.json'), 'utf8')).contexts[
    new URL(world.stack.url).host
  ]

test('with a code that is typed elsewhere one is signed in, and the token renewed by itself', async () => {
  const login = constellation.start('login', world.stack.url)
  const address = await written(login, /^Open (\S+)\n.*the code ([A-Z-]+)\n/m)
  await signInAs('carol', address)
  expect(await login.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('as carol (operator).') })
  const first = await kept()
  expect((await constellation('whoami')).stdout).toMatch(/^carol \(operator, accounts team-a\)/)
  // Two tokens of one second are the same.
  const next = async () => {
    await constellation('whoami')
    return (await kept()).token
  }
  await expect.poll(next).not.toBe(first.token)
})

test('by the browser of this machine one comes back to the command', async () => {
  const login = constellation.start('login', world.stack.url, '--browser')
  const address = await written(login, /^Sign in at (\S+)\n/m)
  const page = await signInAs('dave', address)
  expect(page).toBe('Signed in. You can close this page and go back to the terminal.')
  expect(await login.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('as dave (operator).') })
})

async function written(login: ReturnType<Caller['start']>, what: RegExp): Promise<string> {
  let text = ''
  login.child.stderr?.on('data', (part: string) => {
    text += part
  })
  await login.wrote(what)
  return what.exec(text)?.[1] ?? ''
}

/** What a person does at the provider: fills in each form that comes. Answers with the text of the last page. */
async function signInAs(name: string, address: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next: { url: string; body?: URLSearchParams } = { url: address }
  for (;;) {
    const { url, body } = next
    const headers = { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') }
    const answer = await fetch(url, { redirect: 'manual', headers, ...(body && { method: 'POST', body }) })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(key, value)
    }
    const location = answer.headers.get('location')
    const page = await answer.text()
    const form = /<form[^>]*action="([^"]+)"[\s\S]*?<\/form>/.exec(page)
    if (location !== null) next = { url: new URL(location, url).href }
    else if (form) next = { url: new URL(form[1] ?? '', url).href, body: filledIn(form[0], name) }
    else return page
  }
}

function filledIn(form: string, name: string): URLSearchParams {
  const fields = new URLSearchParams()
  for (const [input] of form.matchAll(/<(input|button)[^>]*>/g)) {
    const of = (attribute: string) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(input)?.[1]
    const field = of('name')
    if (field === 'login') fields.set(field, name)
    else if (field === 'password') fields.set(field, 'any')
    else if (field !== undefined && field !== 'abort') fields.set(field, of('value') ?? '')
  }
  return fields
}
