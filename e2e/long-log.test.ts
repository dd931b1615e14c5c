import { writeFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, submit, type World } from './testing.ts'

const MILLION = 1_000_000

/** What the page may hold of a log of any length, with all else that it holds, in megabytes. */
const MOST_HEAP_MB = 100

/** How long the page may be at work without answering, in milliseconds. */
const LONGEST_TASK_MS = 50

describe.skipIf(!CHROMIUM)('a long log on the page', () => {
  let world: World
  let browser: Browser
  let page: Page
  let log: Locator
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld()
    browser = await openBrowser()
    page = await openPage(browser, complaints)
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
  /** Shows the log of a job that says `ready`, and goes on with `script` when the answered function is called. */
  const open = async (name: string, script: string, place = '') => {
    const gate = `${world.stack.home}/journals/${name}`
    const wait = 'echo ready; while [ ! -e "$0" ]; do sleep 0.05; done'
    const { id } = await submit(world, { command: ['sh', '-c', `${wait}; ${script}`, gate] })
    await page.goto(`${world.stack.url}/app/jobs/${id}${place}`)
    await line('ready').waitFor()
    await browser.startTracing(page, { categories: ['toplevel'] })
    await writeFile(gate, '')
  }

  test('comes at speed while the page answers, and any of a million lines is reached', async () => {
    await open('million', `seq -f '%.0f: loss=0.1234 lr=1e-4 tokens/s=12345' 1 ${MILLION}`, '?attempt=1#L500001')
    const began = performance.now()
    await line(/^500000: /).waitFor({ timeout: 60_000 })
    await log.getByText(/of 1,000,001 lines$/).waitFor({ timeout: 60_000 })
    const seconds = (performance.now() - began) / 1000
    for (let turn = 0; turn < 5; turn++) {
      const first = await box().locator('[data-row] a').first().textContent()
      await box().hover()
      await page.mouse.wheel(0, -20_000)
      await expect.poll(() => box().locator('[data-row] a').first().textContent()).not.toBe(first)
    }
    await box().focus()
    await page.keyboard.press('g')
    await line('ready').waitFor()
    await page.keyboard.press('Shift+G')
    await line(/^1000000: /).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('^777777: ')
    await log.getByText('1 matching line', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await line(/^777777: /).waitFor()
    // What every line matches.
    await page.getByRole('textbox', { name: 'Find in the log' }).fill('loss')
    await log.getByText(/50,000\+/).waitFor()
    const longest = longestTask(await browser.stopTracing())
    const { heapMb, rows } = await holdings(page)
    console.log(
      `A million lines arrived in ${seconds.toFixed(1)} s. The longest task took ${longest} ms of the processor, ` +
        `the page holds ${heapMb} MB and ${rows} rows.`,
    )
    expect(rows).toBeLessThan(100)
    expect(heapMb).toBeLessThan(MOST_HEAP_MB)
    expect(longest).toBeLessThan(LONGEST_TASK_MS)
  }, 120_000)

  test('is bounded whatever is written', async () => {
    await open(
      'hostile',
      `head -c 10000000 /dev/zero | tr '\\0' x; echo; printf 'a\\342\\200\\256b\\033]0;title\\007c\\033[5n\\001d\\n'; ` +
        `head -c 300000 /dev/urandom; echo; echo survived`,
    )
    await line('survived').waitFor()
    await box().focus()
    await page.keyboard.press('g')
    await log.getByText('9,990,000 more characters').waitFor()
    await line('a<U+202E>bcd').waitFor()
    expect(longestTask(await browser.stopTracing())).toBeLessThan(LONGEST_TASK_MS)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})

/** What of a trace is about a thread's work: times are in microseconds, `tdur` without waiting for a processor. */
interface TraceEvent {
  pid: number
  tid: number
  name: string
  tdur?: number
  args?: { name?: string }
}

/** The longest time in which the page was at work and could not answer, by the clock of its thread, in milliseconds. */
function longestTask(trace: Buffer): number {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString())
  const isMain = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const threads = new Set(isMain.map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = traceEvents.filter(({ pid, tid, name }) => name.endsWith('RunTask') && threads.has(`${pid} ${tid}`))
  expect(tasks.length).toBeGreaterThan(100)
  return Math.round(Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000)
}

/** What the page holds after it was tidied up, and how many rows it has drawn. */
async function holdings(page: Page): Promise<{ heapMb: number; rows: number }> {
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  await client.detach()
  return { heapMb: Math.round(usedSize / 1e6), rows: await page.locator('[data-row]').count() }
}
