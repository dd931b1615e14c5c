// The page of the queue: what waits for what, and jobs moved in it.
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, type World } from './testing.ts'

const SUBMIT = `mutation ($input: SubmitJobInput!) { submitJob(input: $input) { job { id } problems { path message } } }`
const SAVE = 'mutation ($input: SaveAccountInput!) { saveAccount(input: $input) { problems { message } } }'
const CANCEL = 'mutation ($id: ID!) { cancelJob(id: $id) { job { state } } }'

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('the page of the queue', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []
  const ids = new Map<string, string>()

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '1' })
    browser = await openBrowser()
    page = await signedIn(world.stack.adminToken)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  async function signedIn(token: string): Promise<Page> {
    const opened = await openPage(browser, complaints)
    await opened.goto(`${world.stack.url}/app/#token=${token}`)
    await opened.goto(`${world.stack.url}/app/queue`)
    await opened.getByText('Live', { exact: true }).waitFor()
    return opened
  }

  const tokenOf = async (subject: string, role: 'user' | 'analyst', account: string) =>
    mintToken(await loadIssuer(world.stack.home), { subject, role, accounts: [account], ttlSeconds: 600 })

  async function submitAs(user: string, account: string, name: string, input: object = {}): Promise<void> {
    const answer = await fetch(`${world.stack.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf(user, 'user', account)}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query: SUBMIT,
        variables: { input: { name, command: ['sleep', '600'], gpus: { count: 1 }, ...input } },
      }),
    })
    const { data }: { data: { submitJob: { job: { id: string } | null } } } = await answer.json()
    ids.set(name, data.submitJob.job?.id ?? '')
  }

  const anyGpu = (of = page) => of.getByRole('region', { name: 'Any GPU' })
  const namesIn = (table: Locator) => table.locator('tbody').getByRole('link').allTextContents()
  const order = async (of = page) => (await namesIn(anyGpu(of))).join(' ')
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

  test('says so where nothing waits', async () => {
    await page.getByRole('heading', { name: 'Nothing waits' }).waitFor()
    await page.getByText('1 GPU is free on workers without a run').waitFor()
  })

  test('shows as they come what waits, for what, where and why', async () => {
    await submitAs('ada', 'team', 'holder', { timeoutSeconds: 600 })
    const held = page.getByRole('region', { name: 'Now and next' })
    await held.getByRole('link', { name: 'holder' }).waitFor()
    await held.getByText(/^in (9|10) min$/).waitFor()
    for (const name of ['a', 'b', 'c']) await submitAs('ada', 'team', name)
    await submitAs('ada', 'team', 'impossible', { gpus: { count: 1, model: 'B200' } })
    await expect.poll(() => order()).toBe('a b c')
    await row('a').getByText('Busy', { exact: true }).waitFor()
    await row('a')
      .getByRole('cell', { name: /^in (9|10) min$/ })
      .waitFor()
    await row('c').getByText('2 jobs go before it.').waitFor()
    await page.getByRole('region', { name: 'B200' }).getByText('No such GPU').last().waitFor()
  })

  test('shows what accounts have of what they may, and of what they are due', async () => {
    await world.graphql(SAVE, { input: { account: 'team', maxGpus: 4, weight: 2 } })
    const accounts = page.getByRole('region', { name: 'Quotas and fair share' })
    await accounts.getByText('1 / 4').waitFor()
    await accounts.getByText(/100 % due/).waitFor()
  })

  test('a job is moved by keys, keeps the focus, and others see it', async () => {
    const other = await signedIn(world.stack.adminToken)
    await expect.poll(() => order(other)).toBe('a b c')
    await row('c').getByRole('link').focus()
    await page.keyboard.press('Alt+ArrowUp')
    // Before its neighbour it comes by ten minutes, and so before all that came in those.
    await expect.poll(() => order()).toBe('c a b')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('c')
    await expect.poll(() => order(other)).toBe('c a b')
    await row('c').getByText('1', { exact: true }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('a')
    await other.close()
  })

  test('a job is moved by its arrows, and by dragging it', async () => {
    await row('a').getByRole('button', { name: 'Move a down' }).click()
    await expect.poll(() => order()).toBe('c b a')
    await expect
      .poll(() => row('a').getByRole('button', { name: 'Move a up' }).getAttribute('aria-disabled'))
      .toBe('false')
    const box = await row('c').boundingBox()
    await row('b').dragTo(row('c'), { targetPosition: { x: 40, y: (box?.height ?? 8) / 4 } })
    await expect.poll(() => order()).toBe('b c a')
  })

  test('says why a job is not moved, and puts it back', async () => {
    for (const name of ['top', 'next']) await submitAs('ada', 'team', name, { priority: 1000 })
    await expect.poll(() => order()).toBe('top next b c a')
    await row('next').getByRole('button', { name: 'Move next up' }).click()
    await page
      .getByRole('alert')
      .getByText(/The job was not moved\. No priority from -1000 to 1000/)
      .waitFor()
    await expect.poll(() => order()).toBe('top next b c a')
  })

  test('a job that ends waiting is gone', async () => {
    await world.graphql(CANCEL, { id: ids.get('top') })
    await expect.poll(() => order()).toBe('next b c a')
  })

  test('a user sees their own jobs alone, and who only looks moves none', async () => {
    await submitAs('bo', 'others', 'of bo')
    const bo = await signedIn(await tokenOf('bo', 'user', 'others'))
    await expect.poll(() => order(bo)).toBe('of bo')
    await bo.getByText('A job of somebody else').waitFor()
    await bo.close()
    const analyst = await signedIn(await tokenOf('ann', 'analyst', 'none'))
    await expect.poll(() => namesIn(anyGpu(analyst))).toHaveLength(5)
    expect(await analyst.getByRole('button', { name: /^Move/ }).count()).toBe(0)
    await analyst.close()
  })

  test('nothing is wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await anyGpu().waitFor()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.body.clientWidth))
      .toBe(0)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})
