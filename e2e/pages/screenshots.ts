// `npm run screenshots -- <folder> [name …]`: the pages with seeded jobs, in both themes, on a desk and on a phone.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import { openWorld, type World } from '../testing.ts'
import { EVERY_PAGE, EVERY_STATE, signIn, type View, visit } from './every-page.ts'
import { SEED_SETTINGS, type Seeded, seed } from './seed.ts'

const THEMES = ['light', 'dark'] as const
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/** What asks the server again and again is never quiet: it is shown after so many milliseconds. */
const QUIET_MS = 3_000

async function main(folder: string | undefined, names: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('Say where to: npm run screenshots -- <folder> [name …]')
  await mkdir(folder, { recursive: true })
  const views = [...EVERY_PAGE, ...EVERY_STATE].filter(({ name }) => names.length === 0 || names.includes(name))
  const world = await openWorld(SEED_SETTINGS)
  const browser = await openBrowser()
  try {
    const things = await seed(world)
    for (const theme of THEMES)
      for (const size of SIZES) await shootAll(world, browser, things, views, folder, theme, size)
  } finally {
    await browser.close()
    await world.close()
  }
}

async function shootAll(
  world: World,
  browser: Browser,
  things: Seeded,
  views: readonly View[],
  folder: string,
  theme: (typeof THEMES)[number],
  size: (typeof SIZES)[number],
): Promise<void> {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${world.stack.url}/app/`)
  const file = (name: string) => path.join(folder, `${name}-${size.width}-${theme}.png`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.screenshot({ path: file('sign-in') })
  await signIn(world, page)
  for (const view of views) {
    await visit(world, page, view, things)
    // Charts and pictures of the last minutes are drawn once an answer has come.
    await page.waitForLoadState('networkidle', { timeout: QUIET_MS }).catch(() => undefined)
    await page.screenshot({ path: file(view.name), fullPage: true })
  }
  await context.close()
}

const { positionals } = parseArgs({ allowPositionals: true })
await main(positionals[0], positionals.slice(1))
