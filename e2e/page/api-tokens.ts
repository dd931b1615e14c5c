import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage } from '../browser.ts'
import type { OpenStack } from './open-stack.ts'

/** A token for scripts, from its making to its end. */
export function testApiTokens(at: () => OpenStack): void {
  let page: Page
  let secret: string
  const complaints: string[] = []

  beforeAll(async () => {
    const { world, browser } = at()
    page = await openPage(browser, complaints)
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
  })
  afterAll(() => page.close())

  test('makes a token that works, and shows it once', async () => {
    await page.getByLabel('Menu of admin').click()
    await page.getByRole('link', { name: 'API tokens' }).click()
    await page.getByText(/There are no tokens yet/).waitFor()
    await page.getByRole('button', { name: 'Create token' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create token' })
    expect(await dialog.getByLabel('Ends after').inputValue()).toBe('90')
    await dialog.getByRole('button', { name: 'Create token' }).click()
    await dialog.getByText('must not be empty').waitFor()
    await dialog.getByLabel('Name').fill('nightly sweep')
    await dialog.getByRole('button', { name: 'Create token' }).click()
    secret = (await dialog.getByText(/^cst_/).textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect((await at().world.rest('/jobs', { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200)
    await page.getByRole('row', { name: /nightly sweep.*read, submit/ }).waitFor()
    expect(await page.content()).not.toContain(secret)
  })

  test('revokes it when one is sure', async () => {
    await page.getByRole('button', { name: 'Revoke nightly sweep' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByRole('row', { name: /nightly sweep.*revoked/ }).waitFor()
    expect((await at().world.rest('/jobs', { headers: { authorization: `Bearer ${secret}` } })).status).toBe(401)
    expect(complaints).toEqual([])
  })
}
