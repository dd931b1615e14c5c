import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { testApiTokens } from './page/api-tokens.ts'
import { testLiveOrPolling } from './page/live-or-polling.ts'
import { openWorld, settled, submit, type World, watchJob } from './testing.ts'

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('the page', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld()
    browser = await openBrowser()
    page = await openPage(browser, complaints)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  test('without a token asks to sign in, and with the link of the stack shows the jobs', async () => {
    await page.goto(`${world.stack.url}/app/`)
    await page.getByRole('heading', { name: /sign in/i }).waitFor()
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await page.reload()
    await page.getByRole('button', { name: 'Submit job' }).first().waitFor()
    expect(page.url()).not.toContain('token')
    await page.getByText('Live', { exact: true }).waitFor()
  })

  test('a job is submitted, watched line by line to its end, and found in the table', async () => {
    await page.getByRole('button', { name: 'Submit job' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Submit a job' })
    await dialog.getByLabel('Name').fill('from the page')
    await dialog
      .getByLabel('Command', { exact: true })
      .fill(`sh -c 'for i in 1 2 3 4 5; do echo "line $i"; sleep 0.2; done'`)
    await dialog.getByLabel('GPUs').fill('1')
    await dialog.getByRole('button', { name: /^submit/i }).click()

    await page.getByRole('heading', { name: 'from the page' }).waitFor()
    const log = page.getByRole('region', { name: 'Log' })
    for (const i of [1, 2, 3, 4, 5]) await log.getByText(`line ${i}`, { exact: true }).waitFor()
    await page.getByText('Completed').first().waitFor()
    await page
      .getByText(/simulated/i)
      .first()
      .waitFor()

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Jobs' }).click()
    await page.getByRole('link', { name: 'from the page' }).waitFor()
  })

  test('what is wrong with a job is said at its field', async () => {
    await page.getByRole('button', { name: 'Submit job' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Submit a job' })
    await dialog.getByLabel('Command', { exact: true }).fill('true')
    await dialog.getByLabel('GPUs').fill('65')
    await dialog.getByRole('button', { name: /^submit/i }).click()
    await dialog.getByText(/from 0 to 64/).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  test('jobs of an array that depend on another lead to it and to each other, and what is wrong is said where it stands', async () => {
    const { id } = await submit(world, { command: ['sleep', '600'] }, 'comes first')
    await page.getByRole('button', { name: 'Submit job' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Submit a job' })
    // What was begun before is still there.
    await dialog.getByRole('button', { name: 'Start anew' }).click()
    await dialog.getByLabel('Name').fill('comes after')
    await dialog.getByLabel('Command', { exact: true }).fill('true')
    await dialog.getByText('More options').click()
    await dialog.getByLabel('Depends on').fill('nobody')
    await dialog.getByLabel('Number of jobs').fill('2')
    await dialog.getByText('More options').click()
    await dialog.getByRole('button', { name: /^submit/i }).click()
    // The fields are shown, as one of them is wrong.
    await dialog.getByLabel('Depends on').and(page.locator('[aria-invalid="true"]')).waitFor()
    await dialog.getByLabel('Depends on').fill(id)
    await dialog.getByRole('button', { name: /^submit/i }).click()

    const related = page.getByRole('region', { name: 'Other jobs' })
    await related.getByText('Index 0, 2 in all').waitFor()
    await related.getByText('Running').waitFor()
    await related.getByRole('link', { name: 'Show all of it' }).click()
    await page.getByRole('button', { name: /One array/ }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'comes after' }).count()).toBe(2)
    await page.getByRole('link', { name: 'comes after' }).first().click()
    await related.getByRole('link', { name: 'comes first' }).click()
    await page.getByRole('heading', { name: 'comes first' }).waitFor()
    await page.getByRole('button', { name: 'Cancel job' }).click()
    await page.getByText('Cancelled').first().waitFor()
  })

  test('a long log is shown from its last lines, and downloaded whole', async () => {
    const { id } = await submit(world, { command: ['seq', '1', '200000'] }, 'many lines')
    await watchJob(world, id, settled)
    await page.goto(`${world.stack.url}/app/jobs/${id}`)
    const log = page.getByRole('region', { name: 'Log' })
    await log.getByText(/of 200,000 lines$/).waitFor()
    await log.locator('[data-text]').getByText('200000', { exact: true }).waitFor()
    const download = page.waitForEvent('download')
    await log.getByRole('button', { name: 'Download' }).click()
    await log.getByRole('button', { name: /As written/ }).click()
    const whole = await readFile(await (await download).path(), 'utf8')
    expect(whole).toBe(Array.from({ length: 200_000 }, (_, i) => `${i + 1}\n`).join(''))
  })

  test('a running job is cancelled', async () => {
    const { id } = await (
      await world.rest('/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'to be cancelled', params: { command: ['sleep', '600'] } }),
      })
    ).json()
    await page.goto(`${world.stack.url}/app/jobs/${id}`)
    await page.getByText('Running').first().waitFor()
    await page
      .getByRole('button', { name: /cancel/i })
      .first()
      .click()
    await page.getByText('Cancelled').first().waitFor()
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })

  describe('the badge', () => testLiveOrPolling(() => ({ world, browser })))
  describe('tokens for scripts', () => testApiTokens(() => ({ world, browser })))
})
