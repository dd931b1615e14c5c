// The pages that there are, and what can lie over them: every check goes through all of it.
import type { Page } from 'playwright-core'
import type { World } from '../testing.ts'
import type { Seeded } from './seed.ts'

export interface View {
  name: string
  address: (things: Seeded) => string
  /** Resolves when it shows its content; for what lies over a page, after opening it. */
  show: (page: Page) => Promise<unknown>
}

export interface PageView extends View {
  /** What its first load may weigh: kB of 1,000 bytes, gzip. */
  limitKb: number
}

const jobs = () => '/app/jobs'
const gpus = () => '/app/gpus'
const ofRunning = ({ running }: Seeded) => `/app/jobs/${running}`
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { level: 1, name }).waitFor()
const jobsShown = (page: Page) => page.getByRole('link', { name: 'train-llama-7b' }).waitFor()
const gpusShown = (page: Page) =>
  page
    .getByText(/\d+\s*°C/)
    .first()
    .waitFor()

export const EVERY_PAGE: readonly PageView[] = [
  { name: 'jobs', address: jobs, show: jobsShown, limitKb: 70 },
  { name: 'job', address: ofRunning, show: heading('train-llama-7b'), limitKb: 130 },
  { name: 'gpus', address: gpus, show: gpusShown, limitKb: 95 },
  { name: 'gpu', address: ({ gpu }) => `/app/gpus/${gpu}`, show: heading(/GPU \d+ of/), limitKb: 110 },
  { name: 'queue', address: () => '/app/queue', show: heading('Queue'), limitKb: 75 },
  { name: 'usage', address: () => '/app/usage', show: heading('Usage'), limitKb: 95 },
  { name: 'tokens', address: () => '/app/tokens', show: heading('API tokens'), limitKb: 70 },
  { name: 'not-found', address: () => '/app/nowhere', show: heading('There is no such page'), limitKb: 70 },
]

const dialog = (page: Page) => page.getByRole('dialog').waitFor()
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** Does one after the other. */
const steps =
  (...all: ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const step of all) await step(page)
  }

/** What is not a page of its own. */
export const EVERY_STATE: readonly View[] = [
  { name: 'job-queued', address: ({ queued }) => `/app/jobs/${queued}`, show: heading('pretrain-13b') },
  { name: 'job-failed', address: ({ failed }) => `/app/jobs/${failed}`, show: heading('tokenize-c4') },
  {
    name: 'jobs-none',
    address: () => '/app/jobs?q=nothing-like-it',
    show: (page) => page.getByText('No job matches').waitFor(),
  },
  { name: 'submit', address: jobs, show: steps(jobsShown, press('Submit job'), dialog) },
  { name: 'submit-more', address: jobs, show: steps(jobsShown, press('Submit job'), dialog, openMore) },
  { name: 'person', address: jobs, show: steps(jobsShown, (page) => page.getByLabel('Menu of admin').click()) },
  { name: 'palette', address: jobs, show: steps(jobsShown, find('tr')) },
  { name: 'shortcuts', address: jobs, show: steps(jobsShown, (page) => page.keyboard.press('?'), dialog) },
  { name: 'cordon', address: gpus, show: steps(gpusShown, press(/^Cordon/), dialog) },
  { name: 'copy-as', address: ofRunning, show: steps(heading('train-llama-7b'), press('Copy as'), dialog) },
  { name: 'edit', address: ofRunning, show: steps(heading('train-llama-7b'), press('Edit and resubmit'), dialog) },
  { name: 'log-find', address: ofRunning, show: steps(logShown, press(/^Find/), findInLog('loss')) },
  { name: 'chosen', address: jobs, show: steps(jobsShown, chooseFirst) },
  { name: 'bulk', address: jobs, show: steps(jobsShown, chooseFirst, press(/^Cancel$/), dialog) },
  { name: 'token', address: () => '/app/tokens', show: steps(press('Create token'), dialog) },
]

function logShown(page: Page): Promise<unknown> {
  return page
    .getByRole('log')
    .getByText(/step \d{5}/)
    .first()
    .waitFor()
}

function findInLog(pattern: string) {
  return async (page: Page) => {
    await page.getByRole('textbox', { name: 'Find in the log' }).fill(pattern)
    await page.getByRole('log').locator('mark').first().waitFor()
  }
}

async function chooseFirst(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Choose train-llama-7b' }).check()
  await page.getByRole('region', { name: 'Chosen jobs' }).waitFor()
}

/** Types into the palette, and waits for a job. */
function find(typed: string) {
  return async (page: Page) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill(typed)
    await page.getByRole('option', { name: /train-llama/ }).waitFor()
  }
}

function openMore(page: Page): Promise<unknown> {
  return page.getByRole('dialog').getByText('More options').click()
}

/** Goes there, and resolves when the page shows its content. */
export async function visit(world: World, page: Page, view: View, things: Seeded): Promise<void> {
  await page.goto(`${world.stack.url}${view.address(things)}`)
  await view.show(page)
}

/** Signs the holder of the token in. */
export async function signIn(world: World, page: Page, token = world.stack.adminToken): Promise<void> {
  await page.goto(`${world.stack.url}/app/#token=${token}`)
  await page.getByText('Live', { exact: true }).waitFor()
}
