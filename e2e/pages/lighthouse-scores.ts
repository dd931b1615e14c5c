import { afterAll, beforeAll, expect, test } from 'vitest'
import type { World } from '../testing.ts'
import { EVERY_PAGE, signIn } from './every-page.ts'
import { judge, type LighthouseBrowser, openLighthouseBrowser } from './lighthouse.ts'
import type { Seeded } from './seed.ts'

/**
 * Lighthouse gives 100 for accessibility and best practices. Its third category, performance, is measured by
 * `npm run bench:page`: it wants a machine with nothing else to do.
 */
export function testLighthouse(at: () => { world: World; things: Seeded }): void {
  let browser: LighthouseBrowser
  beforeAll(async () => {
    browser = await openLighthouseBrowser()
  })
  afterAll(() => browser?.context.close())

  const full = { accessibility: 100, 'best-practices': 100 }
  const judged = (address: string) =>
    judge(browser, `${at().world.stack.url}${address}`, ['accessibility', 'best-practices'], 'phone')

  test('to the sign-in screen', async () => {
    const { scores, faults } = await judged('/app/')
    expect(scores, faults.join('\n')).toEqual(full)
    const page = await browser.context.newPage()
    await signIn(at().world, page)
    await page.close()
  }, 60_000)

  test.for(EVERY_PAGE)('to $name', { timeout: 60_000 }, async (view) => {
    const { scores, faults } = await judged(view.address(at().things))
    expect(scores, faults.join('\n')).toEqual(full)
  })
}
