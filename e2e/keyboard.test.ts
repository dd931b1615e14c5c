import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, submit, type World } from './testing.ts'

describe.skipIf(!CHROMIUM)('the page without a mouse', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

  beforeAll(async () => {
    world = await openWorld()
    browser = await openBrowser()
    page = await openPage(browser, complaints)
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await page.getByText('Live', { exact: true }).waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  test('the palette finds a job by a part of its name, and a GPU, and remembers them', async () => {
    await submit(world, { command: ['sleep', '600'] }, 'a needle in the hay')
    await page.keyboard.press('Control+k')
    // At once, before the palette has come.
    await page.keyboard.type('needle')
    await page.getByRole('option', { name: /a needle in the hay/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await heading('a needle in the hay')

    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').pressSequentially('gpu 1')
    await page.getByRole('option', { name: /^GPU 1 of/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await heading(/GPU 1 of/)

    await page.keyboard.press('Control+k')
    await expect
      .poll(() => page.getByRole('option').allTextContents())
      .toEqual(expect.arrayContaining([expect.stringMatching(/^GPU 1 of/), 'a needle in the hay']))
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: 'a needle in the hay', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await heading('a needle in the hay')
  })

  test('two keys lead to a page, whose content Tab then enters', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('g')
    await heading('GPUs')
    await page.keyboard.press('g')
    await page.keyboard.press('q')
    await heading('Queue')
    expect(await page.title()).toContain('Queue')
    await page.keyboard.press('g')
    await page.keyboard.press('j')
    await page.getByRole('link', { name: 'a needle in the hay' }).press('Enter')
    await heading('a needle in the hay')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
  })

  test('exact times are told with the focus, as they are to who points', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('j')
    await heading('Jobs')
    await page.getByRole('link', { name: 'a needle in the hay' }).waitFor()
    const exact = page.getByText(/\b20\d\d\b.*\d:\d\d:\d\d/)
    await page.keyboard.press('j')
    await exact.waitFor()
    await page.keyboard.press('Enter')
    await heading('a needle in the hay')
    await page.getByRole('time').first().focus()
    await exact.waitFor()
    await page.keyboard.press('Shift+Tab')
    await exact.waitFor({ state: 'detached' })
  })

  test('keys that are typed into a field do nothing else', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('j')
    await heading('Jobs')
    await page.keyboard.press('/')
    await expect
      .poll(() => page.getByRole('searchbox').evaluate((field) => field === document.activeElement))
      .toBe(true)
    await page.keyboard.type('g g?c')
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('g g?c')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('searchbox').fill('')
  })

  test('the sheet of shortcuts says what there is, and can turn single keys off', async () => {
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.getByText('Go to Queue').waitFor()
    await sheet.getByRole('checkbox').press('Space')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await page.keyboard.press('?')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('shortcuts')
    expect(await page.getByRole('dialog').count()).toBe(1)
    await page.getByRole('option', { name: /shortcuts/i, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await sheet.getByRole('checkbox').press('Space')
    await page.keyboard.press('Escape')
  })

  test('whose sign-in has ended comes back to the page where that happened', async () => {
    await page.goto(`${world.stack.url}/app/usage`)
    await heading('Usage')
    await page.evaluate(() => localStorage.setItem('constellation.token', 'a.worn.out'))
    complaints.splice(0)
    await page.reload()
    await page.getByText(/does not accept this token/).waitFor()
    await page.getByLabel('Token').fill(world.stack.adminToken)
    await page.keyboard.press('Enter')
    await heading('Usage')
    // The browser itself complains of the refusals.
    expect(complaints.filter((each) => !/401|WebSocket/.test(each))).toEqual([])
    complaints.splice(0)
  })

  test('an analyst is offered nothing that would be refused', async () => {
    const issuer = await loadIssuer(world.stack.home)
    const token = await mintToken(issuer, { subject: 'ann', role: 'analyst', accounts: [], ttlSeconds: 600 })
    const other = await openPage(browser, complaints)
    await other.goto(`${world.stack.url}/app/#token=${token}`)
    await other.getByText('Live', { exact: true }).waitFor()
    await other.getByRole('link', { name: 'a needle in the hay' }).waitFor()
    expect(await other.getByRole('checkbox').count()).toBe(0)
    await other.getByRole('link', { name: 'a needle in the hay' }).click()
    await other.getByRole('heading', { name: 'a needle in the hay' }).waitFor()
    const offered = other.getByRole('button', { name: /submit|cancel|rerun/i })
    expect(await offered.allTextContents()).toEqual([])
    await other.keyboard.press('Control+k')
    await other.getByRole('option', { name: 'Log out' }).waitFor()
    expect(await other.getByRole('option', { name: /submit/i }).count()).toBe(0)
    await other.close()
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})
