// The page of usage: who used what when, what it cost, and the way from all of it to what is one's alone.
import { readFile } from 'node:fs/promises'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { makePastUsage } from './past-usage.ts'
import { openWorld, submit, type World, watchJob } from './testing.ts'

const DAY_MS = 86_400_000

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('the page of usage', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []

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

  async function signedIn(token: string, options: BrowserContextOptions = {}): Promise<Page> {
    const opened = await openPage(browser, complaints, options)
    await opened.goto(`${world.stack.url}/app/#token=${token}`)
    await opened.goto(`${world.stack.url}/app/usage`)
    await figures(opened).waitFor()
    return opened
  }

  const figures = (of: Page) => of.getByLabel('In sum')
  const table = (of: Page) => of.getByRole('region', { name: /^By / })
  const chart = (of: Page) => of.getByRole('region', { name: / by (hour|day|week|month)$/ })
  const bars = (of: Page) => chart(of).getByRole('group', { name: / by / }).getByRole('button')
  const trail = (of: Page) => of.getByRole('navigation', { name: 'What is counted' })
  const choose = (of: Page, name: string) => of.getByRole('button', { name, exact: true }).click()
  const parameter = (of: Page, name: string) => new URL(of.url()).searchParams.get(name)

  /** The rows of the file that the button saves, without the heading. */
  async function saved(of: Page, button: string): Promise<string[][]> {
    const download = of.waitForEvent('download')
    await of.getByRole('button', { name: button }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    return text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','))
  }

  const sum = (rows: readonly (readonly string[])[], column: number) =>
    rows.reduce((total, row) => total + Number(row[column]), 0)

  test('says what to do where nothing was used, and where nothing has a price', async () => {
    await page.getByRole('heading', { name: 'Nothing was used in this time' }).waitFor()
    await choose(page, 'Show all time')
    await expect.poll(() => parameter(page, 'range')).toBe('all')
    await page.getByText('No price is set, so nothing has a cost.', { exact: false }).waitFor()
  })

  test('an administrator sets a price; what is wrong with it is said at its field', async () => {
    await choose(page, 'Set a price')
    const dialog = page.getByRole('dialog', { name: 'Set a price' })
    await dialog.getByLabel('Per GPU-hour').fill('much')
    await choose(page, 'Set price')
    await dialog.getByText('This should be a number such as 2.50.').waitFor()
    await dialog.getByLabel('Per GPU-hour').fill('2,00')
    const longAgo = new Date(Date.now() - 100 * DAY_MS).toISOString().slice(0, 13)
    await dialog.getByLabel('From this hour on').fill(`${longAgo}:00`)
    await choose(page, 'Set price')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('region', { name: 'Prices' }).getByText('€2.00').waitFor()
  })

  test('a run shows within seconds of its start, marked as growing', async () => {
    const { id } = await submit(world, { command: ['sleep', '600'], gpus: { count: 1 } }, 'a long one')
    await watchJob(world, id, ({ state }) => state === 'RUNNING')
    await choose(page, '24 hours')
    await table(page).getByText('still growing').waitFor()
    await chart(page).getByText('Hatched: still growing').waitFor()
    await bars(page).last().hover()
    await chart(page).getByText('still growing', { exact: true }).waitFor()
  })

  test('figures, bars and table are of one answer, and say the same', async () => {
    await makePastUsage(world.stack.home, 60)
    await page.goto(`${world.stack.url}/app/usage?from=${day(20)}&to=${day(8)}&measure=runs`)
    await table(page).getByRole('button', { name: 'language' }).waitFor()
    const attempts = figures(page)
      .locator('div')
      .filter({ has: page.getByText('Attempts', { exact: true }) })
    const total = Number((await attempts.locator('dd').textContent())?.match(/^\d+/)?.[0])
    const byAccount = await saved(page, 'Save the table as CSV')
    const byDay = await saved(page, 'Save the chart as CSV')
    expect(total).toBeGreaterThan(100)
    expect([sum(byAccount, 6), sum(byDay, 2)]).toEqual([total, total])
    expect(await bars(page).count()).toBe(13)
  })

  test('until a new question has an answer, what is shown is called what it is', async () => {
    const answer = Promise.withResolvers<void>()
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"OUTCOME"')) await answer.promise
      await route.continue()
    })
    await choose(page, 'Outcome')
    await expect.poll(() => parameter(page, 'by')).toBe('outcome')
    await page.getByRole('heading', { name: 'By account' }).waitFor()
    expect(await table(page).getByRole('button', { name: 'language' }).count()).toBe(1)
    answer.resolve()
    await page.getByRole('heading', { name: 'By outcome' }).waitFor()
    await table(page).getByText('Completed').waitFor()
    await page.unrouteAll({ behavior: 'wait' })
  })

  test('days are those of the reader’s clocks, also in a zone of half hours, and add up to the same', async () => {
    const there = await signedIn(world.stack.adminToken, { timezoneId: 'Asia/Kolkata' })
    await there.goto(`${world.stack.url}/app/usage?from=${day(20)}&to=${day(8)}`)
    await table(there).getByRole('button', { name: 'language' }).waitFor()
    const [byAccount, byDay] = [
      await saved(there, 'Save the table as CSV'),
      await saved(there, 'Save the chart as CSV'),
    ]
    expect(new Set(byDay.map(([start]) => start?.slice(11)))).toEqual(new Set(['18:30:00.000Z']))
    expect(sum(byDay, 2)).toBeCloseTo(sum(byAccount, 1), 3)
    await there.close()
  })

  test('a name leads to what is its alone, step by step, and each step is taken back', async () => {
    await page.goto(`${world.stack.url}/app/usage`)
    await table(page).getByRole('button', { name: 'vision' }).click()
    await table(page).getByRole('button', { name: 'mira' }).click()
    await page.getByRole('heading', { name: 'By GPU model' }).waitFor()
    await trail(page).getByText('vision').waitFor()
    await trail(page).getByText('mira').waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'By user' }).waitFor()
    await choose(page, 'Count more than Account vision')
    await page.getByRole('heading', { name: 'By account' }).waitFor()
    await expect.poll(() => parameter(page, 'account')).toBeNull()
  })

  test('a bar leads into its time, by keys too', async () => {
    await page.goto(`${world.stack.url}/app/usage?range=month`)
    await bars(page).last().focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    await expect.poll(focused).toMatch(new RegExp(`^\\w+,? ${new Date(Date.now() - 2 * DAY_MS).getDate()} `))
    await page.keyboard.press('Enter')
    await expect.poll(() => [parameter(page, 'from'), parameter(page, 'to')]).toEqual([day(2), day(2)])
    await page.getByRole('heading', { name: 'GPU time by hour' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'GPU time by day' }).waitFor()
  })

  test('what is chosen is in the address, and a link shows the same', async () => {
    await choose(page, 'Cost')
    await choose(page, 'Outcome')
    await choose(page, '90 days')
    await choose(page, 'Week')
    const other = await openPage(browser, complaints)
    await other.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await other.goto(page.url())
    await other.getByRole('heading', { name: 'Cost by week' }).waitFor()
    await other.getByRole('heading', { name: 'By outcome' }).waitFor()
    await table(other).getByText('Failed').waitFor()
    expect(await other.getByRole('button', { name: '90 days' }).getAttribute('aria-pressed')).toBe('true')
    await other.close()
  })

  test('the fleet’s time is shown as held, idle and down', async () => {
    const fleet = page.getByRole('region', { name: 'The fleet' })
    await fleet.getByText(/^Held \d+ %$/).waitFor()
    await fleet.getByText(/^Idle \d+ %$/).waitFor()
    await fleet.getByText(/^Idle time would have cost €/).waitFor()
  })

  test('a file of what is shown is asked for, written, and fetched; and an account’s statement', async () => {
    await page.goto(`${world.stack.url}/app/usage?from=${day(20)}&to=${day(8)}&account=vision`)
    const files = page.getByRole('region', { name: 'Files of the ledger' })
    await files.getByLabel('Format').selectOption('CSV')
    await files.getByRole('button', { name: 'Export' }).click()
    const link = files.getByRole('link', { name: /^Download/ })
    await link.waitFor()
    const file = page.waitForEvent('download')
    await link.click()
    const text = await readFile(await (await file).path(), 'utf8')
    expect(text.split('\n').length).toBeGreaterThan(100)
    expect(text).not.toContain('language')
    const statement = page.waitForEvent('download')
    await files.getByRole('button', { name: /^Statement/ }).click()
    expect(await readFile(await (await statement).path(), 'utf8')).toContain('vision')
    await files.getByRole('button', { name: 'Remove' }).click()
    await files.getByText('No file was asked for.', { exact: false }).waitFor()
  })

  test('a budget is set, stands with what was spent of it, and is gone when it is removed', async () => {
    const budgets = page.getByRole('region', { name: 'Budgets' })
    await budgets.getByRole('button', { name: 'Set a budget' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set a budget' })
    await dialog.getByLabel('Amount a month').fill('no')
    await choose(page, 'Set budget')
    await dialog.getByText('This should be a number such as 2.50.').waitFor()
    await dialog.getByLabel('Amount a month').fill('100')
    await choose(page, 'Set budget')
    await dialog.waitFor({ state: 'hidden' })
    await budgets.getByText('of €100.00').waitFor()
    await budgets.getByRole('button', { name: 'Remove the budget of vision' }).click()
    await budgets.getByText('No account has a budget.', { exact: false }).waitFor()
  })

  test('a user sees their own alone: no account to choose, no leaders, no fleet, no price to set', async () => {
    const issuer = await loadIssuer(world.stack.home)
    const claims = { subject: 'mira', role: 'user', accounts: ['vision'], ttlSeconds: 600 } as const
    const mira = await signedIn(await mintToken(issuer, claims))
    await mira.getByRole('heading', { name: 'By GPU model' }).waitFor()
    await table(mira).getByText('NVIDIA H100 80GB HBM3').waitFor()
    await mira.getByRole('region', { name: 'Prices' }).getByText('€2.00').waitFor()
    expect(await mira.getByRole('button', { name: /^(Account|User|Set a price)$/ }).count()).toBe(0)
    expect(await mira.getByRole('region', { name: /Top|fleet/ }).count()).toBe(0)
    await mira.goto(`${world.stack.url}/app/usage?user=lars`)
    await mira.getByRole('heading', { name: 'Nothing was used in this time' }).waitFor()
    await mira.close()
  })

  test('nothing is wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${world.stack.url}/app/usage?range=quarter&by=user`)
    await bars(page).last().waitFor()
    await page.getByRole('region', { name: 'The fleet' }).waitFor()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.body.clientWidth))
      .toBe(0)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})

/** The date so many days ago, by this machine's clock, as the browser has it too. */
function day(ago: number): string {
  const at = new Date(Date.now() - ago * DAY_MS)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
