import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, collectComplaints, openBrowser, PATIENCE_MS } from '../browser.ts'
import { openWorld, type World } from '../testing.ts'
import { EVERY_PAGE, EVERY_STATE, type PageView, signIn, type View, visit } from './every-page.ts'
import { weighFirstLoad } from './first-load.ts'
import { testLighthouse } from './lighthouse-scores.ts'
import { SEED_SETTINGS, type Seeded, seed } from './seed.ts'

const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

/** As Lighthouse counts layout shift, which takes points from 0.05 on. */
const MOST_MOVEMENT = 0.02

const VIEWS: readonly (View & Partial<PageView>)[] = [...EVERY_PAGE, ...EVERY_STATE]

describe.skipIf(!CHROMIUM)('every page', () => {
  let world: World
  let browser: Browser
  let page: Page
  let things: Seeded
  const complaints: string[] = []

  beforeAll(async () => {
    world = await openWorld(SEED_SETTINGS)
    browser = await openBrowser()
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' })
    context.setDefaultTimeout(PATIENCE_MS)
    page = await context.newPage()
    collectComplaints(page, complaints)
    things = await seed(world)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  test('the sign-in screen has no fault of accessibility', async () => {
    await page.goto(`${world.stack.url}/app/`)
    await page.getByRole('heading', { name: /sign in/i }).waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])
    await signIn(world, page)
  })

  describe.for(VIEWS)('$name', (view) => {
    const { limitKb } = view
    beforeAll(() => visit(world, page, view, things))

    if (limitKb !== undefined) {
      test(`its first load weighs no more than ${limitKb} kB`, async () => {
        await page.waitForLoadState('networkidle')
        const { bytes, files } = await weighFirstLoad(page)
        expect(bytes, JSON.stringify(files, undefined, 1)).toBeLessThanOrEqual(limitKb * 1_000)
      })

      test('nothing of it moves while it loads', async () => {
        expect(await movement(page)).toBeLessThan(MOST_MOVEMENT)
      })
    }

    test('has no fault of accessibility in either theme, and fits on a phone without scrolling sideways', async () => {
      expect(await faultsInBothThemes(page)).toEqual([])
      await page.setViewportSize(PHONE)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      await page.setViewportSize(DESK)
      expect(width).toBeLessThanOrEqual(PHONE.width)
    })
  })

  test('nothing failed in the browser meanwhile', () => {
    expect(complaints).toEqual([])
  })

  describe('Lighthouse gives 100 for accessibility and best practices', () => testLighthouse(() => ({ world, things })))
})

/** How much of the page has moved since it began to load, and by how much of the window: the sum of both, multiplied. */
function movement(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          observer.disconnect()
          resolve(list.getEntries().reduce((sum, entry) => sum + Number(Object(entry).value), 0))
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        // Where nothing has moved, nobody tells.
        setTimeout(() => resolve(0), 500)
      }),
  )
}

/** What axe finds, in words that lead to the place. In the second theme only the colours differ. */
async function faultsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await axe(page).analyze()
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await axe(page).withRules(['color-contrast']).analyze()
  return [...light.violations, ...dark.violations].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  )
}

/** The page has no frames: axe can tell its findings there, and needs no second page for them, which takes a second. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode()
}
