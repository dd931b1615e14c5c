import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM } from '../browser.ts'
import { openWorld, type World } from '../testing.ts'
import { EVERY_PAGE, signIn } from './every-page.ts'
import { judge, type LighthouseBrowser, openLighthouseBrowser } from './lighthouse.ts'
import { SEED_SETTINGS, type Seeded, seed } from './seed.ts'

// Its third category, performance, is measured by `npm run bench:page`: it wants a machine with nothing else to do.
describe.skipIf(!CHROMIUM)('Lighthouse gives 100 for accessibility and best practices', () => {
  let world: World
  let browser: LighthouseBrowser
  let things: Seeded

  beforeAll(async () => {
    world = await openWorld(SEED_SETTINGS)
    things = await seed(world)
    browser = await openLighthouseBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.context.close()
    await world?.close()
  })

  const full = { accessibility: 100, 'best-practices': 100 }
  const judged = (address: string) =>
    judge(browser, `${world.stack.url}${address}`, ['accessibility', 'best-practices'], 'phone')

  test('to the sign-in screen', async () => {
    const { scores, faults } = await judged('/app/')
    expect(scores, faults.join('\n')).toEqual(full)
    const page = await browser.context.newPage()
    await signIn(world, page)
    await page.close()
  }, 60_000)

  test.for(EVERY_PAGE)('to $name', { timeout: 60_000 }, async (view) => {
    const { scores, faults } = await judged(view.address(things))
    expect(scores, faults.join('\n')).toEqual(full)
  })
})
