import { readFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, settled, submit, type World, watchJob } from './testing.ts'

describe.skipIf(!CHROMIUM)('the log on the page', () => {
  let world: World
  let browser: Browser
  let page: Page
  let log: Locator
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld()
    browser = await openBrowser()
    page = await openPage(browser, complaints, { permissions: ['clipboard-read', 'clipboard-write'] })
    log = page.getByRole('region', { name: 'Log' })
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await page.getByRole('button', { name: 'Submit job' }).first().waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  const box = () => log.getByRole('log')
  const line = (text: string | RegExp) => box().locator('[data-text]').getByText(text, { exact: true })
  const visit = (id: string, rest = '') => page.goto(`${world.stack.url}/app/jobs/${id}${rest}`)
  /** A job that has run to its end. */
  const ran = async (script: string, more: object = {}) => {
    const { id } = await submit(world, { command: ['sh', '-c', script], ...more })
    await watchJob(world, id, settled)
    return id
  }
  /** The lines in the document, as they are numbered. */
  const numbers = () => box().locator('[data-row] a').allInnerTexts()

  test('is followed until one scrolls up, and says how much is new since', async () => {
    const script = 'seq 1 200; while [ ! -e "$0" ]; do sleep 0.05; done; seq 201 300'
    const gate = `${world.stack.home}/journals/gate`
    const { id } = await submit(world, { command: ['sh', '-c', script, gate] })
    await visit(id)
    await line('200').waitFor()
    await box().hover()
    // Lines that are still being drawn pull a first turn of the wheel back to the end.
    const jump = log.getByRole('button', { name: 'Jump to the end' })
    await expect.poll(() => page.mouse.wheel(0, -600).then(() => jump.count()), { interval: 200 }).toBe(1)
    const before = await numbers()
    await submit(world, { command: ['touch', gate] })
    await log.getByRole('button', { name: '100 new lines' }).click()
    expect(before).not.toContain('300')
    await line('300').waitFor()
    await log.getByRole('button', { name: /new lines|Jump/ }).waitFor({ state: 'detached' })
    // A window that grows moves the log down by itself, which is no wish of the reader's.
    const height = () => box().evaluate((element) => element.clientHeight)
    const small = await height()
    await page.setViewportSize({ width: 1440, height: 1400 })
    await expect.poll(height).toBeGreaterThan(small)
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    expect(await jump.count()).toBe(0)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('is drawn as a terminal would, with its colours, and what wrote it told apart', async () => {
    const id = await ran(
      `for i in 10 50 100; do printf '\\rloading %s%%' $i; sleep 0.3; done; echo; ` +
        `printf '\\033[31mred\\033[0m \\033[38;5;226mpale\\033[0m plain\\n'; sleep 0.3; echo careful >&2`,
    )
    await visit(id)
    await line('loading 100%').waitFor()
    expect(await line(/loading/).count()).toBe(1)
    const colour = (text: string) => line(text).evaluate((element) => getComputedStyle(element).color)
    expect(await colour('red')).not.toBe(await colour(' plain'))
    expect(await colour('pale')).not.toBe('rgb(255, 255, 0)')
    await expect.poll(() => line('careful').getAttribute('data-stream')).toBe('STDERR')
  })

  test('shows what stands before bars that are drawn over thousands of times', async () => {
    const bars = `i=0; while [ $i -lt 6000 ]; do printf '\\n inner %s\\r\\033[Aouter\\r' $i; i=$((i+1)); done`
    const id = await ran(`echo first; ${bars}; printf '\\n\\n'; echo last`)
    await visit(id)
    await line('last').waitFor()
    await line('first').waitFor()
    // Each once and as it was at last, wherever the parts that were loaded begin.
    const texts = () => box().locator('[data-row] [data-text]').allInnerTexts()
    await expect.poll(texts).toEqual(['first', 'outer', ' inner 5999', 'last'])
  })

  test('tells when lines were written, wraps them, and is copied without numbers as it was written', async () => {
    const long = 'abcdefghij'.repeat(60)
    const id = await ran(`echo short; echo ${long}; echo last`)
    await visit(id)
    await line('last').waitFor()
    await log.getByLabel('Times').selectOption('relative')
    await expect.poll(() => box().locator('time').first().textContent()).toMatch(/^\+\d+\.\d{3}$/)
    await log.getByLabel('Times').selectOption('exact')
    await expect.poll(() => box().locator('time').first().textContent()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/)
    await box().focus()
    await page.keyboard.press('w')
    await expect.poll(() => box().locator('[data-row="continued"]').count()).toBeGreaterThan(3)
    await expect.poll(() => box().evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
    await box().evaluate((element) => getSelection()?.selectAllChildren(element))
    await page.keyboard.press('Control+c')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`short\n${long}\nlast`)
    await box().focus()
    await page.keyboard.press('w')
    await log.getByLabel('Times').selectOption('off')
  })

  test('is searched and filtered by the keyboard, and survives a pattern that would take for ever', async () => {
    const id = await ran(`seq -f 'step %g' 1 5000; printf 'a%.0s' $(seq 40); echo '!'`)
    await visit(id)
    await line('step 5000').waitFor()
    await box().focus()
    await page.keyboard.press('/')
    await page.keyboard.type('step [12]00$')
    await log.getByText('2 matching lines').waitFor()
    await page.keyboard.press('Shift+Enter')
    await log.getByText('2 of 2').waitFor()
    await line('step 199').waitFor()
    await box().focus()
    await page.keyboard.press('n')
    await log.getByText('1 of 2').waitFor()
    await log.locator('[data-current] mark').getByText('step 100').waitFor()

    await log.getByLabel('Only matches').check()
    await log.getByLabel('Lines around a match').selectOption('2')
    await expect.poll(numbers).toEqual(['98', '99', '100', '101', '102', '198', '199', '200', '201', '202'])

    const field = log.getByRole('textbox', { name: 'Find in the log' })
    await field.fill('step (')
    await log.getByText(/Not a regular expression/).waitFor()
    await field.fill('^(a+)+$')
    await log.getByText('This pattern takes too long').waitFor()
    await field.fill('step 4999')
    await log.getByText('1 matching line', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
  })

  test('has links to lines of an attempt, one or many, which open there', async () => {
    const id = await ran('seq 1 500; exit 3', { max_retries: 1 })
    await visit(id)
    await line('500').waitFor()
    await box().focus()
    await page.keyboard.press('g')
    await box().getByText('3', { exact: true }).first().click()
    await box()
      .locator('[data-row] a')
      .nth(6)
      .click({ modifiers: ['Shift'] })
    await expect.poll(() => new URL(page.url()).hash).toBe('#L3-L7')
    expect(new URL(page.url()).search).toBe('?attempt=2')
    await log.getByRole('button', { name: 'Copy text' }).click()
    await log.getByText('Copied').waitFor()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('3\n4\n5\n6\n7\n')

    await visit(id, '?attempt=1#L120-L122')
    await log.getByText('Lines 120–122').waitFor()
    await line('121').waitFor()
    await expect.poll(() => box().locator('[data-chosen]').count()).toBe(3)
    await page.getByRole('button', { name: 'Attempt 2' }).click()
    await expect.poll(() => new URL(page.url()).hash).toBe('')
    await line('500').waitFor()
  })

  test('goes to the line of a number, by its own key and from the palette', async () => {
    const id = await ran('seq 1 9000')
    await visit(id)
    await line('9000').waitFor()
    await box().focus()
    await page.keyboard.press(':')
    const field = log.getByLabel('Go to line')
    await field.fill('none')
    await field.press('Enter')
    await log.getByText('This should be the number of a line.').waitFor()
    await field.fill('1,234')
    await field.press('Enter')
    await line('1234').waitFor()
    await log.getByText('Line 1,234', { exact: true }).waitFor()
    await expect.poll(() => new URL(page.url()).hash).toBe('#L1234')
    await field.waitFor({ state: 'detached' })

    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('line 4321')
    await page.getByRole('option', { name: 'Go to line 4,321 of the log', selected: true }).click()
    await line('4321').waitFor()
    await log.getByText('Line 4,321', { exact: true }).waitFor()
  })

  test('is downloaded as it was written, and as it is shown', async () => {
    const id = await ran(`printf '\\033[32mgreen\\033[0m\\n 10%%\\r100%%\\n'`)
    await visit(id)
    await line('green').waitFor()
    const saved = async (choice: RegExp) => {
      await log.getByRole('button', { name: 'Download' }).click()
      const download = page.waitForEvent('download')
      await log.getByRole('button', { name: choice }).click()
      return readFile(await (await download).path(), 'utf8')
    }
    expect(await saved(/As written/)).toBe('\x1b[32mgreen\x1b[0m\n 10%\r100%\n')
    expect(await saved(/As shown/)).toBe('green\n100%\n')
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})
