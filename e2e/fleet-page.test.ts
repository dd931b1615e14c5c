// The page of GPUs with more of them than anybody looks at one by one.
import type { Browser, Locator, Page } from 'playwright-core'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { addManyGpus, type ManyGpus } from './many-gpus.ts'
import { openWorld, submit, type World } from './testing.ts'

/** 512 GPUs of 64 workers, the first of them in seven slices, and those of this machine. */
const MANY = { workers: 64, gpusEach: 8, slices: 7 }
const OWN = 2
const ALL = MANY.workers * MANY.gpusEach - 1 + MANY.slices + OWN

/** What following them all may cost, of the page's main thread. */
const MOST_OF_THREAD = 0.2
const MEASURED_FRAMES = 5

/** The first answer of so many GPUs, and what takes its time on a busy machine. */
const SLOW = { timeout: 30_000 }

const OWN_FAULTS = v.object({
  gpus: v.object({ nodes: v.array(v.object({ faults: v.array(v.object({ xid: v.nullable(v.number()) })) })) }),
})

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('the page of a large fleet', () => {
  let world: World
  let many: ManyGpus
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    if (!CHROMIUM) return
    process.env.IDLE_NOTE_SECONDS = '2'
    world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: String(OWN) })
    many = await addManyGpus(world, MANY)
    browser = await openBrowser()
    page = await openPage(browser, complaints)
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await page.goto(`${world.stack.url}/app/gpus`)
    await page.getByText('Live', { exact: true }).waitFor()
  }, 120_000)
  afterAll(async () => {
    delete process.env.IDLE_NOTE_SECONDS
    await browser?.close()
    await many?.stop()
    await world?.close()
  })

  const faultsOfOwn = async () => {
    const { data } = await world.graphql('{ gpus(filter: { name: "Simulated" }) { nodes { faults { xid } } } }')
    const { gpus } = v.parse(OWN_FAULTS, data)
    return gpus.nodes.flatMap((gpu) => gpu.faults.map(({ xid }) => xid))
  }
  const heatmap = () => page.getByRole('application', { name: /^Heatmap of/ })
  const status = () => page.locator('[role=status].hidden')

  test('all GPUs are in one picture, each in the colour of what it does', async () => {
    await page.getByRole('application', { name: `Heatmap of ${ALL} GPUs by utilisation` }).waitFor(SLOW)
    await expect.poll(() => coloursOf(heatmap().locator('canvas')), SLOW).toBeGreaterThan(10)
  })

  test('keys lead from GPU to GPU, tell their figures, change the metric, and open one', async () => {
    await heatmap().focus()
    await expect.poll(() => status().textContent()).toMatch(/^node-001 · GPU 0.*, NVIDIA A100.*Utilisation \d+ %/)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => status().textContent()).toMatch(/^node-008 · GPU 0/)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('4')
    await page.getByRole('application', { name: `Heatmap of ${ALL} GPUs by temperature` }).waitFor()
    await expect.poll(() => page.url()).toContain('metric=temperature')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /GPU 1 of node-008/ }).waitFor()
    await page.goBack()
    await page.getByRole('application', { name: /by temperature$/ }).waitFor()
  })

  test('the pointer has a GPU tell what it does', async () => {
    await heatmap().hover({ position: { x: 258, y: 26 } })
    await page.getByText('node-002 · GPU 1', { exact: true }).waitFor()
    await page.mouse.move(2, 2)
    await page.getByText('node-002 · GPU 1', { exact: true }).waitFor({ state: 'hidden' })
  })

  test('filters and the order are in the address, and stay when it is loaded again', async () => {
    await page.getByLabel('Worker', { exact: true }).selectOption('node-007')
    await page.getByLabel('Order').selectOption('Hottest first')
    await page.getByRole('application', { name: /^Heatmap of 8 GPUs/ }).waitFor()
    await page.reload()
    await page.getByRole('application', { name: /^Heatmap of 8 GPUs/ }).waitFor()
    await expect.poll(() => page.url()).toMatch(/worker=worker-007.*sort=temperature/)
    // The heat of each comes with its first sample.
    await expect.poll(async () => isDescending(await temperatures(page)), SLOW).toBe(true)
    await page.getByRole('button', { name: /^Busy 0/ }).click()
    await page.getByText('No GPU has a run at the moment.').waitFor()
    await page.getByRole('button', { name: 'Show all GPUs' }).click()
    await page.getByRole('application', { name: new RegExp(`^Heatmap of ${ALL} GPUs`) }).waitFor()
  })

  test('who leaves a GPU idle is named, with what that costs', async () => {
    await submit(world, { command: ['sleep', '600'], gpus: 1, env: { SIMULATED_GPU_LOAD: '0' } }, 'forgotten')
    const idle = page.getByRole('region', { name: 'Held and left idle' })
    await idle.getByRole('link', { name: 'forgotten' }).waitFor(SLOW)
    await idle.getByText('admin').waitFor()
    await idle.getByText('0.0', { exact: true }).waitFor()
    await page.getByLabel('Held by').selectOption('admin')
    await page.getByRole('application', { name: /^Heatmap of 1 GPU by/ }).waitFor()
    await page.getByLabel('Held by').selectOption('Held by anyone')
  }, 60_000)

  test('a fault is in the history of the fleet', async () => {
    await submit(world, { command: ['sleep', '5'], gpus: 1, env: { SIMULATED_GPU_FAULT: 'xid:79@1' } }, 'unlucky')
    await expect.poll(faultsOfOwn, SLOW).toContain(79)
    await page.reload()
    const faults = page.getByRole('region', { name: /^Faults of the last/ })
    await faults.getByText('XID 79').first().waitFor(SLOW)
    await faults.getByText('Open', { exact: true }).first().waitFor()
  }, 60_000)

  test('following all of them each second takes little of the main thread', async () => {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    }
    for (const view of ['heatmap', 'cards'] as const) {
      if (view === 'cards')
        await page
          .getByRole('listitem')
          .filter({ hasText: /node-.* · GPU/ })
          .nth(12)
          .hover()
      const [before, began] = [await busy(), performance.now()]
      await powerChanges(page, MEASURED_FRAMES)
      const share = ((await busy()) - before) / ((performance.now() - began) / 1000)
      console.log(`${ALL} GPUs, ${view} in view: ${(share * 100).toFixed(1)} % of the main thread`)
      expect(share).toBeLessThan(MOST_OF_THREAD)
    }
  }, 60_000)

  test('nothing is wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await heatmap().waitFor()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.body.clientWidth))
      .toBe(0)
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })
})

/** How many colours there are in a canvas. */
function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0
    const pixels = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data
    return new Set(new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0))).size
  })
}

/** Of the cards, in their order. */
async function temperatures(page: Page): Promise<number[]> {
  const texts = await page
    .getByRole('listitem')
    .getByText(/^\d+ °C$/)
    .allTextContents()
  return texts.map((text) => Number.parseInt(text, 10))
}

function isDescending(values: readonly number[]): boolean {
  return values.length === 8 && values.every((value, i) => value <= (values[i - 1] ?? Infinity) + 3)
}

/** Resolves when the sum of what all draw has changed so many times: once for each second's samples. */
async function powerChanges(page: Page, times: number): Promise<void> {
  await page
    .getByText('Power now')
    .locator('xpath=following-sibling::dd')
    .evaluate(
      (figure, wanted) =>
        new Promise<void>((resolve) => {
          let seen = 0
          const observer = new MutationObserver(() => {
            seen += 1
            if (seen < wanted) return
            observer.disconnect()
            resolve()
          })
          observer.observe(figure, { childList: true, characterData: true, subtree: true })
        }),
      times,
    )
}
