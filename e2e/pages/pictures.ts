// `npm run pictures`: the picture of the page in the README, in both themes, of a running stack with seeded jobs.
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import { openWorld, type World } from '../testing.ts'
import { EVERY_PAGE, signIn, visit } from './every-page.ts'
import { SEED_SETTINGS, type Seeded, seed } from './seed.ts'

const FOLDER = path.join(repositoryRoot, 'docs', 'pictures')
const SIZE = { width: 1280, height: 980 }
/** Whoever reads the README on a phone loads it too. */
const MOST_BYTES = 180_000
/** For charts that have something to show, in milliseconds. */
const LIVED_MS = 120_000
/** So that the job costs something. */
const PRICE = `mutation { savePrice(input: { model: "*", perGpuHour: "2.10", currency: "EUR", validFrom: "2026-01-01T00:00:00Z" }) { model } }`

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  const world = await openWorld(SEED_SETTINGS)
  const browser = await openBrowser()
  try {
    await world.rest('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: PRICE }),
    })
    const things = await seed(world)
    await Promise.all((['light', 'dark'] as const).map((theme) => shoot(world, browser, things, theme)))
  } finally {
    await browser.close()
    await world.close()
  }
}

async function shoot(world: World, browser: Browser, things: Seeded, theme: 'light' | 'dark'): Promise<void> {
  const view = EVERY_PAGE.find(({ name }) => name === 'job')
  if (!view) throw new Error('The page of a job is no page any more.')
  const context = await browser.newContext({ viewport: SIZE, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(world, page)
  await visit(world, page, view, things)
  await page.waitForTimeout(LIVED_MS)
  const file = path.join(FOLDER, `job-${theme}.png`)
  await page.screenshot({ path: file })
  await context.close()
  const { size } = await stat(file)
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, more than ${MOST_BYTES}.`)
  console.log(`${file}: ${size} bytes`)
}

await main()
