import { signIn } from '@constellation/e2e/pages/every-page.ts'
import { openLighthouseBrowser } from '@constellation/e2e/pages/lighthouse.ts'
import { SEED_SETTINGS, type Seeded, seed } from '@constellation/e2e/pages/seed.ts'
import { openWorld, type World } from '@constellation/e2e/testing.ts'

export interface SeededStack {
  world: World
  things: Seeded
  /** Signed in as its administrator. */
  browser: Awaited<ReturnType<typeof openLighthouseBrowser>>
}

/** A whole stack with jobs in every state, and a browser beside it, for as long as `use` takes. */
export async function withSeededStack(use: (stack: SeededStack) => Promise<void>): Promise<void> {
  const world = await openWorld(SEED_SETTINGS)
  const browser = await openLighthouseBrowser()
  try {
    const things = await seed(world)
    const page = await browser.context.newPage()
    await signIn(world, page)
    await page.close()
    await use({ world, things, browser })
  } finally {
    await browser.context.close()
    await world.close()
  }
}
