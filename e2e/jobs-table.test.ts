import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, submit, type World, watchJob } from './testing.ts'

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('the table of jobs', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '1' })
    browser = await openBrowser()
    page = await openPage(browser, complaints)
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await page.getByText('Live', { exact: true }).waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  const rows = (of = page) => of.locator('tr[data-job]')
  const row = (name: string, of = page) => rows(of).filter({ has: of.getByRole('link', { name, exact: true }) })
  const box = (name: string, of = page) => of.getByRole('checkbox', { name: `Choose ${name}`, exact: true })
  const bar = (of = page) => of.getByRole('region', { name: 'Chosen jobs' })
  const names = (of = page) => rows(of).getByRole('link').allTextContents()
  const away = () => page.mouse.move(5, 5)
  const open = async (query: string) => {
    await away()
    await page.goto(`${world.stack.url}/app/jobs${query}`)
    await page.getByText('Live', { exact: true }).waitFor()
  }

  /** Jobs that wait for ever, as nobody has such a GPU. */
  async function waiting(...wanted: string[]): Promise<string[]> {
    const ids: string[] = []
    for (const name of wanted) {
      ids.push((await submit(world, { command: ['echo', `says-${name}`], gpus: { count: 1, model: 'none' } }, name)).id)
    }
    return ids
  }

  test('a search, a state and an order stand in the address, and show the same to who opens it', async () => {
    await waiting('alpha', 'beta', 'gamma')
    await page.getByRole('searchbox').fill('says-be ')
    await expect.poll(() => names()).toEqual(['beta'])
    await expect.poll(() => page.url()).toContain('q=says-be')
    // Whoever pauses behind a space goes on behind it.
    expect(await page.getByRole('searchbox').inputValue()).toBe('says-be ')
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: /^Queued 3/ }).click()
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await expect.poll(() => names()).toEqual(['alpha', 'beta', 'gamma'])
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await expect.poll(() => names()).toEqual(['gamma', 'beta', 'alpha'])
    const other = await openPage(browser, complaints)
    await other.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await other.goto(page.url())
    await expect.poll(() => names(other)).toEqual(['gamma', 'beta', 'alpha'])
    await other.close()
  })

  test('a view is saved under a name, found again after a reload, and removed', async () => {
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByLabel('Name of the view').fill('Waiting by name')
    await page.keyboard.press('Enter')
    const view = page.getByRole('link', { name: 'Waiting by name', exact: true })
    await view.and(page.locator('[aria-current="page"]')).waitFor()
    await page.getByRole('link', { name: 'Failed today' }).click()
    await expect.poll(() => page.url()).toContain('state=failed')
    await expect.poll(() => page.url()).toContain('range=today')
    await page.getByRole('heading', { name: 'No job matches' }).waitFor()
    await page.reload()
    await view.click()
    await expect.poll(() => names()).toEqual(['gamma', 'beta', 'alpha'])
    await page.getByRole('button', { name: 'Remove the view Waiting by name' }).click()
    await view.waitFor({ state: 'detached' })
  })

  test('with the keyboard alone rows are gone through, chosen as a range, and opened', async () => {
    await open('?sort=name&state=queued')
    await row('gamma').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('X')
    await bar().getByText('2 chosen').waitFor()
    expect([await box('alpha').isChecked(), await box('beta').isChecked(), await box('gamma').isChecked()]).toEqual([
      false,
      true,
      true,
    ])
    await page.keyboard.press('Escape')
    await bar().waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await expect
      .poll(() => page.getByRole('searchbox').evaluate((field) => field === document.activeElement))
      .toBe(true)
    await page.keyboard.press('Tab')
    await row('gamma').getByRole('link').focus()
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'beta' }).waitFor()
  })

  test('a state changes in its row, and no row moves under the pointer until it leaves', async () => {
    const { id } = await submit(world, { command: ['sleep', '600'] }, 'long')
    await watchJob(world, id, ({ state }) => state === 'RUNNING')
    await open('?state=running')
    await row('long').getByRole('link').hover()
    await row('long').getByText('Running').waitFor()
    const place = await row('long').boundingBox()
    const second = await submit(world, { command: ['sleep', '600'] }, 'newer')
    await page.getByRole('button', { name: 'Show 1 new job' }).waitFor()
    await world.rest(`/jobs/${id}`, { method: 'DELETE' })
    await row('long').getByText('Cancelled', { exact: true }).waitFor()
    expect([await names(), await row('long').boundingBox()]).toEqual([['long'], place])
    await away()
    await expect.poll(() => names()).toEqual(['newer'])
    await world.rest(`/jobs/${second.id}`, { method: 'DELETE' })
    await page.getByRole('heading', { name: 'No job matches' }).waitFor()
  })

  test('chosen jobs are cancelled at once, those that were gone by then are named', async () => {
    await open('?sort=name&state=queued')
    await box('alpha').check()
    await box('gamma').click({ modifiers: ['Shift'] })
    await bar().getByText('3 chosen').waitFor()
    await bar().getByRole('button', { name: 'Cancel' }).click()
    const dialog = page.getByRole('dialog', { name: 'Cancel 3 jobs?' })
    await dialog.getByRole('button', { name: 'Cancel 3 jobs' }).click()
    await dialog.getByText('3 jobs cancelled, on the way there, or ended before.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await bar().waitFor({ state: 'detached' })
    await away()
    await page.getByRole('heading', { name: 'No job matches' }).waitFor()
    await page.getByRole('button', { name: /^Queued 0/ }).waitFor()
  })

  test('chosen jobs are run again, by who may, who sees the new ones at once; why others cannot be is said of each', async () => {
    const issuer = await loadIssuer(world.stack.home)
    const token = await mintToken(issuer, {
      subject: 'mona',
      role: 'account-manager',
      accounts: ['default'],
      ttlSeconds: 600,
    })
    const manager = await openPage(browser, complaints)
    await manager.goto(`${world.stack.url}/app/#token=${token}`)
    await manager.goto(`${world.stack.url}/app/jobs?sort=name`)
    await box('alpha', manager).check()
    await box('beta', manager).check()
    // A job that is gone by then is as one that never was.
    await manager.route('**/graphql', async (route) => {
      const body = route.request().postData() ?? ''
      if (!body.includes('RerunJobs')) return route.continue()
      const asked = JSON.parse(body)
      const ids: string[] = asked.variables.ids
      if (ids.length === 2) asked.variables.ids = [ids[0], ids[1]?.replace(/^./, '9')]
      return route.continue({ postData: JSON.stringify(asked) })
    })
    await bar(manager).getByRole('button', { name: 'Rerun' }).click()
    const dialog = manager.getByRole('dialog', { name: 'Run 2 jobs again?' })
    await dialog.getByRole('button', { name: 'Run 2 jobs again' }).click()
    await dialog.getByText('1 job submitted.').waitFor()
    await dialog.getByText('1 job could not be:').waitFor()
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'beta' })
      .getByText(/There is no job 9/)
      .waitFor()
    // Behind the dialog, where no role is told, the list stands still: jobs are chosen in it.
    await expect.poll(() => rows(manager).filter({ hasText: 'alpha' }).count()).toBe(2)
    await manager.close()
    await open('?user=mona')
    await row('alpha').getByText('Queued').waitFor()
    await expect.poll(() => names()).toEqual(['alpha'])
  })

  test('nothing is wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open('')
    await rows().first().waitFor()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.body.clientWidth))
      .toBe(0)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})
