import { spawnSync } from 'node:child_process'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken } from '@constellation/local/tokens/token.ts'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, settled, submit, type World, watchJob } from './testing.ts'

const HAS_CURL = spawnSync('curl', ['--version']).status === 0

/** What quotes are made for. */
const ODD = {
  command: ['sh', '-c', `printf '%s\\n' "it's $NOTE"`, 'x y', '"', '@\\'],
  env: { NOTE: `two\nlines 'and' "quotes" $HOME`, camelCase: '' },
  working_directory: '/',
  max_retries: 1,
  retry: { exit_codes: [3], backoff_seconds: 1 },
  timeout_seconds: 600,
}

const ASKED = `command shell env workingDirectory timeoutSeconds maxRetries account name priority
  retry { exitCodes backoffSeconds maxBackoffSeconds } gpus { count minMemoryMb model }`

describe.skipIf(!CHROMIUM)('the page of a job', () => {
  let world: World
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld()
    browser = await openBrowser()
    page = await signedIn(world.stack.adminToken, complaints)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  async function signedIn(token: string, into: string[]): Promise<Page> {
    const opened = await openPage(browser, into)
    await opened.goto(`${world.stack.url}/app/#token=${token}`)
    await opened.goto(`${world.stack.url}/app/jobs`)
    await opened.getByText('Live', { exact: true }).waitFor()
    return opened
  }

  async function tokenOf(subject: string, role: 'user' | 'analyst'): Promise<string> {
    const issuer = await loadIssuer(world.stack.home)
    return mintToken(issuer, { subject, role, accounts: ['default'], ttlSeconds: 600 })
  }

  const open = (id: string, where = page) => where.goto(`${world.stack.url}/app/jobs/${id}`)
  const attempt = (number: number): Locator =>
    page
      .getByRole('region', { name: 'Attempts' })
      .getByRole('listitem')
      .filter({ hasText: `Attempt ${number}` })

  async function askedOf(id: string): Promise<Record<string, unknown>> {
    const { data } = await world.graphql(`query ($id: ID!) { job(id: $id) { ${ASKED} } }`, { id })
    const { job } = data as { job: Record<string, unknown> }
    return job
  }

  /** The id in the address, once it is another one. */
  async function nextJob(before: string): Promise<string> {
    await page.waitForURL((url) => url.pathname.includes('/jobs/0') && !url.pathname.endsWith(before))
    return new URL(page.url()).pathname.split('/').at(-1) ?? ''
  }

  test('each attempt has its bar on one axis, with its outcome; choosing one shows its log', async () => {
    const params = { command: ['sh', '-c', 'echo try; sleep 0.5; exit 3'], gpus: 1, max_retries: 1 }
    const { id } = await submit(world, params, 'fails twice')
    await open(id)
    await attempt(2).getByText('Failed').waitFor()
    for (const number of [1, 2]) {
      await attempt(number)
        .getByText(/^waited /)
        .waitFor()
      await attempt(number).getByText(/^ran /).waitFor()
      await attempt(number).getByText('exit code 3', { exact: true }).waitFor()
      await attempt(number)
        .getByRole('link', { name: /^GPU \d/ })
        .waitFor()
    }
    await page.getByRole('button', { name: 'Attempt 1' }).click()
    await page.getByRole('region', { name: 'Log' }).getByText('attempt 1').waitFor()
    const events = page.getByRole('region', { name: 'Events' })
    await events.getByText('Submitted by admin').waitFor()
    await events.getByText(/^Queued again/).waitFor()
    expect(await events.getByText(/^Taken by a worker attempt \d on/).count()).toBe(2)
  })

  test('a waiting job says why, at which place, and what to do; it starts before the reader’s eyes', async () => {
    const price = await world.graphql(`mutation {
      savePrice(input: { model: "*", perGpuHour: "3600", currency: "EUR", validFrom: "2020-01-01T00:00:00Z" }) { model }
    }`)
    expect(price.errors).toBeUndefined()
    const hog = await submit(world, { command: ['sleep', '600'], gpus: 2 }, 'holds all')
    await watchJob(world, hog.id, ({ state }) => state === 'RUNNING')
    const { id } = await submit(world, { command: ['sleep', '600'], gpus: 1 }, 'waits')
    await open(id)
    const why = page.getByRole('region', { name: 'Why it waits' })
    await why.getByText(/in use/).waitFor()
    await why.getByText('Next in line').waitFor()
    await why.getByText(/It starts when a run ends/).waitFor()
    await attempt(1).getByText('Waiting', { exact: true }).waitFor()
    await world.graphql('mutation ($id: ID!) { updateJob(id: $id, input: { priority: 7 }) { job { id } } }', { id })
    const events = page.getByRole('region', { name: 'Events' })
    await events.getByText('Priority set to 7 by admin').waitFor()
    await world.graphql('mutation ($id: ID!) { cancelJob(id: $id) { job { id } } }', { id: hog.id })

    const bar = attempt(1).getByText(/^ran /)
    await bar.waitFor({ state: 'attached' })
    const shown = await bar.textContent()
    await expect.poll(() => bar.textContent()).not.toBe(shown)
    await page.getByText(/^\d+\.\d GPU-s$/).waitFor()
    await page.getByText(/^€\d+\.\d\d$/).waitFor()
  })

  test('cancelling shows at once, and is taken back with the reason where it is not to be', async () => {
    const { id } = await submit(world, { command: ['sleep', '600'] }, 'stays')
    await watchJob(world, id, ({ state }) => state === 'RUNNING')
    // The browser itself complains of the request that fails.
    const other = await signedIn(world.stack.adminToken, [])
    await open(id, other)
    const cancel = other.getByRole('button', { name: 'Cancel job' })
    await cancel.waitFor()
    const held = Promise.withResolvers<void>()
    await other.route('**/graphql', async (route) => {
      await held.promise
      await route.abort()
    })
    await cancel.click()
    await other.getByText('Cancelling').waitFor()
    held.resolve()
    await other.getByText(/^The job was not cancelled\. The server does not answer/).waitFor()
    await other.getByText('Running').first().waitFor()
    await other.unroute('**/graphql')
    await cancel.click()
    await other.getByText('Cancelled').first().waitFor()
    await other.close()
  })

  test.skipIf(!HAS_CURL)('what is copied as curl makes the same job, whatever is in it', async () => {
    const { id } = await submit(world, ODD, `it's "odd"`)
    await open(id)
    await page.getByRole('button', { name: 'Copy as…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Copy as…' })
    await expect.poll(() => dialog.getByLabel('The job').inputValue()).toContain('curl')
    const text = await dialog.getByLabel('The job').inputValue()
    const env = { ...process.env, CONSTELLATION_TOKEN: world.stack.adminToken }
    const { stdout, stderr } = spawnSync('sh', ['-c', text], { encoding: 'utf8', env })
    const copy = JSON.parse(stdout || `{"failed": ${JSON.stringify(stderr)}}`)
    expect(await askedOf(copy.id)).toEqual(await askedOf(id))
    await page.keyboard.press('Escape')
  })

  test('what is copied as YAML fills the form that makes the same job', async () => {
    const { id } = await submit(world, ODD, `it's "odd"`)
    await open(id)
    await page.getByRole('button', { name: 'Copy as…' }).click()
    const copying = page.getByRole('dialog', { name: 'Copy as…' })
    await copying.getByRole('button', { name: 'YAML' }).click()
    await expect.poll(() => copying.getByLabel('The job').inputValue()).toContain('command:')
    const yaml = await copying.getByLabel('The job').inputValue()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Submit job' }).click()
    const form = page.getByRole('dialog', { name: 'Submit a job' })
    await form.getByRole('button', { name: 'Paste YAML or JSON' }).click()
    await form.getByLabel('A whole job as YAML or JSON').fill(yaml)
    await form.getByRole('button', { name: 'Fill the form' }).click()
    await form.getByRole('button', { name: 'Submit', exact: true }).click()
    expect(await askedOf(await nextJob(id))).toEqual(await askedOf(id))
  })

  test('an ended job is rerun, and edited and submitted again', async () => {
    const { id } = await submit(world, { ...ODD, command: ['true'] }, 'again')
    await watchJob(world, id, settled)
    await open(id)
    await page.getByRole('button', { name: 'Rerun' }).click()
    const rerun = await nextJob(id)
    expect(await askedOf(rerun)).toEqual(await askedOf(id))

    await page.getByRole('heading', { name: 'again' }).waitFor()
    await page.getByRole('button', { name: 'Edit and resubmit' }).click()
    const form = page.getByRole('dialog', { name: 'Submit a job' })
    await form.getByText('A copy of “again”.').waitFor()
    await form.getByLabel('Name').fill('again, edited')
    await form.getByRole('button', { name: 'Submit', exact: true }).click()
    expect(await askedOf(await nextJob(rerun))).toEqual({ ...(await askedOf(id)), name: 'again, edited' })
  })

  test('a job shows who waits for it, and its array as cells that lead to the others', async () => {
    const array = { name: 'parts', params: { command: ['sleep', '600'] }, array: { count: 12 } }
    const post = (body: object) =>
      world.rest('/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const { id } = await (await post(array)).json()
    await post({ name: 'comes after', params: { command: ['true'] }, after: [id] })
    await open(id)
    const others = page.getByRole('region', { name: 'Other jobs' })
    await others.getByRole('link', { name: 'comes after' }).waitFor()
    await others.getByText('Index 0, 12 in all').waitFor()
    const cells = others.getByRole('img', { name: /^The jobs of the array: .*(Queued|Running)/ })
    const third = { position: { x: 40, y: 5 } }
    // Which job is in a cell may become known after the first of its array.
    await cells.hover(third)
    await others.getByText(/^Index 2: (Queued|Starting|Running)$/).waitFor()
    await cells.click(third)
    await page.getByRole('heading', { name: 'parts[2]' }).waitFor()
    await others.getByRole('link', { name: 'Previous' }).click()
    await page.getByRole('heading', { name: 'parts[1]' }).waitFor()
    await world.graphql('mutation ($id: ID!) { cancelArray(id: $id) { jobs { id } } }', { id: await arrayOf(id) })
    await others.getByRole('img', { name: 'The jobs of the array: 12 Cancelled' }).waitFor()
  })

  async function arrayOf(id: string): Promise<unknown> {
    const { data } = await world.graphql('query ($id: ID!) { job(id: $id) { array { id } } }', { id })
    const { job } = data as { job: { array: { id: string } } }
    return job.array.id
  }

  test('another’s job is the same as one that is not there; an analyst sees it, and nothing to change it with', async () => {
    const { id } = await submit(world, { command: ['sleep', '600'] }, 'not yours')
    const una = await signedIn(await tokenOf('una', 'user'), complaints)
    const said: (string | null)[] = []
    for (const asked of [id, '0199a1b2-0000-7000-8000-000000000001']) {
      await open(asked, una)
      await una.getByRole('heading', { name: 'There is no such job' }).waitFor()
      said.push(await una.getByRole('main').textContent())
    }
    expect(said[0]).toBe(said[1])
    await una.close()

    const ann = await signedIn(await tokenOf('ann', 'analyst'), complaints)
    await open(id, ann)
    await ann.getByRole('heading', { name: 'not yours' }).waitFor()
    await ann.getByRole('button', { name: 'Copy as…' }).waitFor()
    expect(await ann.getByRole('button', { name: /Cancel job|Rerun|resubmit/ }).count()).toBe(0)
    await ann.close()
  })

  test('it is no wider than a phone', async () => {
    const { id } = await submit(world, { ...ODD, gpus: 1 }, `a name ${'of many words '.repeat(8)}`)
    await watchJob(world, id, settled)
    await page.setViewportSize({ width: 390, height: 844 })
    await open(id)
    await attempt(1).waitFor()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.body.clientWidth))
      .toBe(0)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})
