import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { makeManyJobs } from './many-jobs.ts'
import { openWorld, type World } from './testing.ts'

const JOBS = 100_000
/** Far above what it takes on a machine with nothing else to do, which is said in the decision on finding jobs. */
const PAGE_MS = 6_000
const STALL_MS = 1_000

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('a table of 100,000 jobs', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '1' })
    await makeManyJobs(world.stack.home, JOBS)
    browser = await openBrowser()
    page = await openPage(browser, complaints)
    await page.addInitScript(() => {
      const longest = { ms: 0 }
      Object.assign(globalThis, { longest })
      const watch = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration)
      })
      watch.observe({ type: 'longtask' })
    })
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  const rows = () => page.locator('tr[data-job]')
  const first = () => rows().first().getAttribute('data-job')
  /** The longest time in which the page answered nobody, in milliseconds. */
  const longest = () => page.evaluate(() => Number(Object(globalThis).longest.ms))

  /** How long it takes from the act until the first row is another, in milliseconds. */
  async function turned(act: () => Promise<unknown>): Promise<number> {
    const before = await first()
    const start = performance.now()
    await act()
    await expect.poll(first, { interval: 10 }).not.toBe(before)
    return performance.now() - start
  }

  test('is there as soon as one of a few, and leafed through page by page without a stall', async () => {
    await page.goto(`${world.stack.url}/app/jobs`)
    await rows().nth(49).waitFor()
    expect(await page.evaluate(() => performance.now())).toBeLessThan(PAGE_MS)
    for (const length of [100, 150, 200, 400, 600, 800, 1_000]) {
      await page.getByRole('button', { name: 'Load more' }).click()
      await rows()
        .nth(length - 1)
        .waitFor()
    }
    for (let leaf = 0; leaf < 5; leaf++) {
      expect(await turned(() => page.getByRole('button', { name: 'Older jobs' }).click())).toBeLessThan(PAGE_MS)
      expect(await rows().count()).toBe(50)
    }
    expect(await turned(() => page.goBack())).toBeLessThan(PAGE_MS)
    expect(await longest()).toBeLessThan(STALL_MS)
  })

  test('can be asked for more of while what is shown is asked for again', async () => {
    let asked = 0
    const answer = Promise.withResolvers<void>()
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"first":50')) asked += 1
      if (asked > 1) await answer.promise
      await route.continue()
    })
    await page.goto(`${world.stack.url}/app/jobs`)
    await rows().nth(49).waitFor()
    await expect.poll(() => asked).toBeGreaterThan(1)
    expect(await page.getByRole('button', { name: 'Load more' }).isEnabled()).toBe(true)
    answer.resolve()
    await page.unrouteAll({ behavior: 'wait' })
  })

  test('is found in and ordered as quickly', async () => {
    await page.goto(`${world.stack.url}/app/jobs`)
    await rows().nth(49).waitFor()
    expect(await turned(() => page.getByLabel('Sort').selectOption('-finished'))).toBeLessThan(PAGE_MS)
    expect(await turned(() => page.getByLabel('Sort').selectOption('priority'))).toBeLessThan(PAGE_MS)
    expect(await turned(() => page.getByRole('searchbox').fill('seed=77777'))).toBeLessThan(PAGE_MS)
    await expect.poll(() => rows().count()).toBe(1)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('button', { name: /^Failed 1k\+/ }).click()
    await page.getByText('Failed', { exact: true }).nth(49).waitFor()
    expect(await longest()).toBeLessThan(STALL_MS)
  })

  test('lets all that match be chosen, and what has ended stays as it is', async () => {
    await page.goto(`${world.stack.url}/app/jobs?state=cancelled&template=nightly`)
    await rows().first().waitFor()
    await page.getByRole('checkbox', { name: 'Choose all jobs on this page' }).check()
    const bar = page.getByRole('region', { name: 'Chosen jobs' })
    await bar.getByText('44 chosen').waitFor()
    await page.goto(`${world.stack.url}/app/jobs?state=failed&template=nightly`)
    await page.getByRole('checkbox', { name: 'Choose all jobs on this page' }).check()
    await bar.getByRole('button', { name: 'Choose all 117 that match' }).click()
    await bar.getByText('117 chosen').waitFor()
    await bar.getByRole('button', { name: 'Cancel' }).click()
    const dialog = page.getByRole('dialog', { name: 'Cancel 117 jobs?' })
    await dialog.getByRole('button', { name: 'Cancel 117 jobs' }).click()
    await dialog.getByText('117 jobs cancelled, on the way there, or ended before.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await rows().first().getByText('Failed', { exact: true }).waitFor()
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})
