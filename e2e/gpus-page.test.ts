import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, settled, submit, type World, watchJob } from './testing.ts'

/** In an hour's chart the first seconds after the start are less than a pixel wide. */
const DRAWN = { timeout: 40_000 }

/** Roll-ups are of a quarter of a minute, and stored a moment later. */
const STORED = { timeout: 60_000 }

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('the pages of GPUs', () => {
  let world: World
  let browser: Browser
  let operator: Page
  let other: Page
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld()
    browser = await openBrowser()
    operator = await signedIn(world.stack.adminToken)
    other = await signedIn(world.stack.adminToken)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  /** A page of its own for the holder of this token, at the GPUs. */
  async function signedIn(token: string): Promise<Page> {
    const page = await openPage(browser, complaints)
    await page.goto(`${world.stack.url}/app/#token=${token}`)
    await page.goto(`${world.stack.url}/app/gpus`)
    await page.getByText('Live', { exact: true }).waitFor()
    return page
  }

  const card = (page: Page, index: number): Locator =>
    page.getByRole('listitem').filter({ hasText: new RegExp(`GPU ${index} ·`) })

  test('each GPU has a card with what it does, and the address says which are shown', async () => {
    await card(operator, 0).getByText(/\d+ W/).waitFor()
    await card(operator, 1)
      .getByText(/\d+ °C/)
      .waitFor()
    expect(await card(operator, 0).getByText('simulated', { exact: true }).count()).toBe(1)
    await operator.getByRole('button', { name: 'Busy 0' }).click()
    await operator.getByText('No GPU has a run at the moment.').waitFor()
    await expect.poll(() => operator.url()).toContain('show=busy')
    await operator.getByRole('button', { name: 'All 2' }).click()
  })

  test('a GPU has a page with its facts and its charts, in words too', async () => {
    await card(operator, 0).getByRole('link').first().click()
    await operator.getByRole('heading', { level: 1, name: /GPU 0 of/ }).waitFor()
    await operator
      .getByText(/^SIM-|^GPU-/)
      .first()
      .waitFor()
    for (const metric of ['Utilisation', 'Memory', 'Power', 'Temperature']) {
      const chart = operator.getByRole('img', { name: new RegExp(`^${metric}: now .*highest \\d`) })
      await chart.waitFor()
      await expect.poll(() => isDrawn(chart), DRAWN).toBe(true)
    }
    await operator.getByRole('button', { name: 'Last week' }).click()
    await expect.poll(() => operator.url()).toContain('range=week')
  }, 120_000)

  test('an operator cordons a GPU with a reason, and others see it at once, until it is returned', async () => {
    await operator.getByRole('button', { name: /^Cordon GPU 0 of/ }).click()
    const dialog = operator.getByRole('dialog', { name: /^Cordon GPU 0 of/ })
    await dialog.getByText('It has no run at the moment.').waitFor()
    await dialog.getByRole('button', { name: 'Cordon', exact: true }).click()
    await dialog.getByText('Say why').waitFor()
    await dialog.getByLabel('Reason').fill('Its fan is loud.')
    await dialog.getByRole('button', { name: 'Cordon', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })

    await operator.getByText('Its fan is loud.').first().waitFor()
    await card(other, 0).getByText('Cordoned', { exact: true }).waitFor()
    await card(other, 0).getByText('Its fan is loud.').waitFor()

    await operator.getByRole('button', { name: /^Return GPU 0 of/ }).click()
    const back = operator.getByRole('dialog', { name: /^Return GPU 0 of/ })
    await back.getByText(/ends the cordon “Its fan is loud\.” of admin/).waitFor()
    await back.getByRole('button', { name: 'Return' }).click()
    await card(other, 0).getByText('Available', { exact: true }).waitFor()
  })

  test('a worker is cordoned with its GPUs, from the table of workers', async () => {
    const row = other.getByRole('region', { name: 'Workers' }).getByRole('row').nth(1)
    await row.getByRole('button', { name: /^Cordon/ }).click()
    const dialog = other.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('It moves to another rack.')
    await dialog.getByRole('button', { name: 'Cordon', exact: true }).click()
    await row.getByText('Cordoned', { exact: true }).waitFor()
    await card(other, 1).getByText('Cordoned', { exact: true }).waitFor()
    await row.getByRole('button', { name: /^Return/ }).click()
    await other.getByRole('dialog').getByRole('button', { name: 'Return' }).click()
    await row.getByText('Online').waitFor()
    await card(other, 1).getByText('Available', { exact: true }).waitFor()
  })

  test('who is no operator sees the GPUs, and no button that would be refused', async () => {
    const issuer = await loadIssuer(world.stack.home)
    const token = await mintToken(issuer, { subject: 'una', role: 'user', accounts: ['default'], ttlSeconds: 600 })
    const page = await signedIn(token)
    await card(page, 0).getByText('Free', { exact: true }).first().waitFor()
    await page.getByRole('region', { name: 'Workers' }).getByText('Online').waitFor()
    await page.getByRole('button', { name: 'Busy 0' }).waitFor()
    expect(await page.getByRole('button', { name: /^(Cordon|Drain)/ }).count()).toBe(0)
    await page.close()
  })

  test('the charts and figures of a run stay after it ended', async () => {
    const { id } = await submit(world, { command: ['sleep', '6'], gpus: 1 }, 'measured')
    await operator.goto(`${world.stack.url}/app/jobs/${id}`)
    const utilisation = operator.getByRole('img', { name: /^Utilisation: now \d+ %/ })
    await utilisation.waitFor()
    await watchJob(world, id, settled)
    await operator.reload()
    const kept = operator.getByRole('img', { name: /^Utilisation: mean \d+ %, highest \d+ %/ })
    await kept.waitFor(STORED)
    await expect.poll(() => isDrawn(kept), DRAWN).toBe(true)
    await operator.getByLabel('What its GPUs did').getByText('Peak memory').waitFor()
  }, 120_000)

  test('a GPU that fails under a run says so, and which run that was; the run says why it was tried again', async () => {
    const { id } = await submit(
      world,
      { command: ['sleep', '5'], gpus: 1, env: { SIMULATED_GPU_FAULT: 'xid:79@1' } },
      'unlucky',
    )
    await watchJob(world, id, settled)
    await operator.goto(`${world.stack.url}/app/jobs/${id}?attempt=1`)
    await operator.getByText('a GPU failed, so it was queued again').waitFor()
    await operator.getByLabel('What its GPUs did').getByText('79', { exact: true }).waitFor()
    await operator.getByText('Completed').first().waitFor()

    await operator.goto(`${world.stack.url}/app/gpus?show=out`)
    await operator.getByText('Unhealthy', { exact: true }).first().waitFor()
    const failures = operator.getByRole('region', { name: /^GPUs that ended runs/ })
    await failures.getByRole('link').click()
    const faults = operator.getByRole('region', { name: 'Faults' })
    await faults.getByText('XID 79', { exact: true }).waitFor()
    await faults.getByText('Open', { exact: true }).first().waitFor()
    await faults.getByRole('link', { name: 'unlucky' }).first().waitFor()
    const ends = operator.getByRole('region', { name: /^How its runs ended/ })
    await ends.getByText('GPU failed').waitFor()
  }, 120_000)

  test('nothing is wider than a phone', async () => {
    await operator.setViewportSize({ width: 390, height: 844 })
    const wider = () => operator.evaluate(() => document.documentElement.scrollWidth - document.body.clientWidth)
    await expect.poll(wider).toBe(0)
    await operator.goto(`${world.stack.url}/app/gpus`)
    await card(operator, 0).waitFor()
    await expect.poll(wider).toBe(0)
    await card(operator, 0).getByRole('link').first().click()
    await operator.getByRole('img', { name: /^Power: now/ }).waitFor()
    await expect.poll(wider).toBe(0)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})

/** Whether a chart has a line: pixels in which blue outweighs red, as in the accent and in nothing else of it. */
function isDrawn(chart: Locator): Promise<boolean> {
  return chart.locator('canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return false
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    for (let at = 0; at < pixels.length; at += 4) {
      if ((pixels[at + 3] ?? 0) > 200 && (pixels[at + 2] ?? 0) - (pixels[at] ?? 0) > 100) return true
    }
    return false
  })
}
