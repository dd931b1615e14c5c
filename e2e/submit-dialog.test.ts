import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, submit, type World, watchJob } from './testing.ts'

describe.skipIf(!CHROMIUM)('the dialog to submit a job', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld()
    browser = await openBrowser()
    page = await openPage(browser, complaints)
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })
  /** Loaded anew, so that no draft is there. */
  beforeEach(async () => {
    await page.goto(`${world.stack.url}/app/jobs`)
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    await openDialog()
  })

  const openDialog = () => page.getByRole('button', { name: 'Submit job' }).first().click()
  const dialog = () => page.getByRole('dialog', { name: 'Submit a job' })
  const command = () => dialog().getByLabel('Command', { exact: true })
  const check = () => dialog().getByRole('region', { name: 'Could this run?' })
  const button = (name: string) => dialog().getByRole('button', { name, exact: true })

  async function shownJob(fields: string): Promise<unknown> {
    await page.waitForURL(/\/jobs\/0/)
    const id = new URL(page.url()).pathname.split('/').at(-1)
    const { data } = await world.graphql(`query ($id: ID!) { job(id: $id) { ${fields} } }`, { id })
    return data?.job
  }

  test('says as one types whether, where and why not it could run', async () => {
    await check().getByText('Could start now').waitFor()
    await dialog().getByLabel('GPUs', { exact: true }).fill('9')
    await check().getByText('No worker could run this').waitFor()
    await check()
      .getByText(/It needs 9 GPUs of one worker/)
      .first()
      .click()
    await check().getByText('0 of 1 worker could run it').waitFor()
    await dialog().getByLabel('GPUs', { exact: true }).fill('2')
    await check().getByText('2 of 2 GPUs free').waitFor()
  })

  test('shows the kinds of GPU with what is free now, and takes the one that is chosen', async () => {
    const kinds = dialog().getByRole('group', { name: 'Kind of GPU' })
    const model = kinds.getByRole('button', { name: /^Simulated A100/ })
    await model.getByText('2 of 2 free').waitFor()
    await model.focus()
    const { id } = await submit(world, { command: ['sleep', '600'], gpus: 1 }, 'holds one')
    await watchJob(world, id, ({ state }) => state === 'RUNNING')
    await model.getByText('1 of 2 free').waitFor()
    expect(await model.evaluate((element) => element === document.activeElement)).toBe(true)
    await dialog().getByLabel('GPUs', { exact: true }).fill('2')
    await check().getByText('Would wait').waitFor()
    await world.graphql('mutation ($id: ID!) { cancelJob(id: $id) { job { id } } }', { id })
    await check().getByText('Could start now').waitFor()
    await model.click()
    await expect.poll(() => dialog().getByLabel('GPU model').inputValue()).toMatch(/^Simulated A100/)
  })

  test('keeps what was begun when it is closed by mistake', async () => {
    await expect.poll(() => command().evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type('python3 long.py --and "careful"')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    await openDialog()
    await dialog().getByText('This is what you had begun.').waitFor()
    await expect.poll(() => command().inputValue()).toBe('python3 long.py --and "careful"')
    await button('Start anew').click()
    await expect.poll(() => command().inputValue()).toBe('')
  })

  test('puts the focus on the first field with a problem, and submits by Ctrl+Enter', async () => {
    await command().fill('true')
    await dialog().getByText('More options').click()
    await dialog().getByLabel('Time limit (seconds)').fill('0')
    await dialog().getByLabel('Depends on').fill('nobody')
    await page.keyboard.press('Control+Enter')
    const limit = dialog().getByLabel('Time limit (seconds)')
    await dialog()
      .getByText(/whole number from 1 to/)
      .waitFor()
    await expect.poll(() => limit.evaluate((element) => element === document.activeElement)).toBe(true)
    await limit.fill('60')
    await dialog().getByLabel('Depends on').fill('')
    await page.keyboard.press('Control+Enter')
    expect(await shownJob('command timeoutSeconds')).toEqual({ command: ['true'], timeoutSeconds: 60 })
  })

  test('asks for all that a job may ask for', async () => {
    await world.graphql('mutation { saveSecret(input: { name: "HF_TOKEN", value: "x" }) { problems { path } } }')
    await command().fill('sleep 600')
    await dialog().getByText('More options').click()
    await dialog().getByLabel('Environment').fill('A=1\nB=two words')
    await button('HF_TOKEN').click()
    await dialog().getByLabel('Retries').fill('2')
    await dialog().getByLabel('Retry on exit codes').fill('1, 137')
    await dialog().getByLabel('Warning signal').fill('SIGTERM')
    await dialog().getByLabel('Seconds before its end').fill('5')
    await dialog().getByLabel('CPU limit').fill('1.5')
    await dialog().getByLabel('Sweep').fill('LR=0.1, 0.01\nMODEL=a')
    await dialog().getByText('Makes 2 jobs.').waitFor()
    await button('Submit').click()
    const fields =
      'env secrets maxRetries retry { exitCodes } warning { signal seconds } limits { cpus } array { index size }'
    expect(await shownJob(fields)).toEqual({
      env: { A: '1', B: 'two words', LR: '0.1', MODEL: 'a', CONSTELLATION_ARRAY_INDEX: '0' },
      secrets: ['HF_TOKEN'],
      maxRetries: 2,
      retry: { exitCodes: [1, 137] },
      warning: { signal: 'SIGTERM', seconds: 5 },
      limits: { cpus: 1.5 },
      array: { index: 0, size: 2 },
    })
  })

  test('fills in a template', async () => {
    await world.graphql(`mutation { saveTemplate(input: {
      name: "greet", description: "Says hello.", command: ["echo", "hello {{who}}"], parameters: [{ name: "who" }]
    }) { problems { path message } } }`)
    await page.reload()
    await openDialog()
    await dialog().getByLabel('Run', { exact: true }).selectOption('greet')
    await button('Submit').click()
    await dialog().getByLabel('who').and(page.locator('[aria-invalid="true"]')).waitFor()
    await dialog().getByLabel('who').fill('world')
    await button('Submit').click()
    expect(await shownJob('command template')).toEqual({ command: ['echo', 'hello world'], template: 'greet' })
  })

  test('saves a schedule, and says what is wrong with its times', async () => {
    await command().fill('true')
    await dialog().getByText('More options').click()
    await dialog().getByLabel('Repeat as').fill('nightly')
    await dialog().getByLabel('At (cron)').fill('99 3 * * *')
    await button('Save the schedule').click()
    await dialog().getByLabel('At (cron)').and(page.locator('[aria-invalid="true"]')).waitFor()
    await dialog().getByLabel('At (cron)').fill('0 3 * * *')
    await button('Save the schedule').click()
    await dialog().getByText('The schedule “nightly” is saved.').waitFor()
    const { data } = await world.graphql('{ schedules { name cron } }')
    expect(data).toEqual({ schedules: [{ name: 'nightly', cron: '0 3 * * *' }] })
  })

  test('says what is wrong with what is pasted', async () => {
    await button('Paste YAML or JSON').click()
    const pasted = dialog().getByLabel('A whole job as YAML or JSON')
    await pasted.fill('name: x\ncommand: [true')
    await button('Fill the form').click()
    await dialog()
      .getByText(/It cannot be read/)
      .waitFor()
    await pasted.fill('{"params": {"command": "echo a | cat", "shell": true, "gpus": 0}}')
    await button('Fill the form').click()
    await button('Submit').click()
    expect(await shownJob('command shell')).toEqual({ command: ['echo a | cat'], shell: true })
  })

  test('it is no wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await dialog().getByText('More options').click()
    const body = dialog().getByLabel('Environment')
    await body.waitFor()
    const wider = () =>
      dialog().evaluate((element) =>
        Math.max(
          ...[element, ...element.querySelectorAll('form, form > div')].map(
            (each) => each.scrollWidth - each.clientWidth,
          ),
        ),
      )
    await expect.poll(wider).toBe(0)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})
