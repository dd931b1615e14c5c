import { freePort } from '@constellation/local/free-port.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, submit, type World } from './testing.ts'
import { CLIENT_ID, startOidcProvider } from './testing-oidc.ts'

/** Short, so that the page renews its token while the test looks on. */
const TTL_SECONDS = 10
const HELD_TEXT = "sessionStorage.getItem('constellation.session')"
const HELD = `JSON.parse(${HELD_TEXT}).tokens.bearer`

const WAIT = { timeout: 30_000 }

/** In milliseconds since 1970. */
function endOf(token: unknown): number {
  return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()).exp * 1_000
}

describe.skipIf(!CHROMIUM)('signing in with an OIDC provider', () => {
  let provider: Awaited<ReturnType<typeof startOidcProvider>>
  let world: World
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    provider = await startOidcProvider(TTL_SECONDS)
    const settings = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT_ID }
    Object.assign(process.env, settings, { OIDC_ROLE_CLAIM: 'groups', OIDC_ACCOUNTS_CLAIM: 'teams' })
    const port = await freePort()
    provider.serve(`http://127.0.0.1:${port}`)
    world = await openWorld({ PORT: String(port) })
    browser = await openBrowser()
    context = await browser.newContext()
    page = await openPage(context, complaints)
  }, 120_000)
  afterAll(async () => {
    for (const name of ['ISSUER', 'CLIENT_ID', 'ROLE_CLAIM', 'ACCOUNTS_CLAIM']) delete process.env[`OIDC_${name}`]
    await browser?.close()
    await world?.close()
    await provider?.stop()
  })

  const issuerButton = () => page.getByRole('button', { name: `Sign in with ${new URL(provider.issuer).host}` })

  test('an answer to a sign-in that was not begun here is refused', async () => {
    await page.goto(`${world.stack.url}/app/signed-in?code=stolen&state=made-up`)
    await page.getByText('This sign-in was not begun here. Try again.').waitFor()
    expect(page.url()).toBe(`${world.stack.url}/app/`)
  })

  test('goes to the provider and back to where one was, with the role that the claims give', async () => {
    await page.goto(`${world.stack.url}/app/gpus`)
    await issuerButton().click()
    await page.getByPlaceholder('Enter any login').fill('carol')
    await page.getByPlaceholder('and password').fill('any')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Live', { exact: true }).waitFor()
    expect(page.url()).toBe(`${world.stack.url}/app/gpus`)
    await page.getByRole('button', { name: 'Menu of carol' }).or(page.getByLabel('Menu of carol')).first().click()
    await page.getByText('operator', { exact: true }).waitFor()
    await page.getByText('team-a', { exact: true }).waitFor()
    expect(await page.evaluate("localStorage.getItem('constellation.token')")).toBeNull()
  })

  test('the token is renewed in time, and the page stays as it is, live', async () => {
    const first = await page.evaluate(HELD)
    await page.evaluate("document.querySelector('header').dataset.drawn = 'once'")
    await expect.poll(() => page.evaluate(HELD), WAIT).not.toBe(first)
    // The connection ends with the token that it was made with, and comes back with the next.
    await expect.poll(() => Date.now(), WAIT).toBeGreaterThan(endOf(first))
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Jobs' }).click()
    await submit(world, { command: ['true'] }, 'after the renewal')
    await page.getByRole('link', { name: 'after the renewal' }).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await page.evaluate("document.querySelector('header').dataset.drawn")).toBe('once')
  }, 60_000)

  test('after a reload the session is still there, and in another tab it is not', async () => {
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    const other = await context.newPage()
    await other.goto(`${world.stack.url}/app/`)
    await other.getByRole('heading', { name: /sign in/i }).waitFor()
    await other.close()
  })

  test('logging out ends the session at the provider too', async () => {
    await page.getByLabel('Menu of carol').first().click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: /sign me out/i }).click()
    await page.getByRole('heading', { name: /sign in/i }).waitFor()
    expect(await page.evaluate(HELD_TEXT)).toBeNull()
    await issuerButton().click()
    await page.getByPlaceholder('Enter any login').waitFor()
    // Those are the provider's, which has its fonts from elsewhere.
    expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([])
  })
})
