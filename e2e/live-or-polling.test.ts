import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, submit, type World } from './testing.ts'

/** How often the page asks while it polls, in milliseconds. */
const POLL_MS = 5000
/** What the server closes a socket with that is to come back later. */
const TRY_AGAIN_LATER = 1013

if (!CHROMIUM && process.env.CI) {
  test('there is a Chromium', () => expect.fail('The page cannot be tested without it: apt-get install chromium'))
}

describe.skipIf(!CHROMIUM)('the badge Live or Polling', () => {
  let world: World
  let browser: Browser

  beforeAll(async () => {
    if (!CHROMIUM) return
    world = await openWorld({ CONSTELLATION_SIMULATED_GPUS: '1' })
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  test('with the socket cut the page says that it polls, asks every five seconds, and refreshes once it is back', async () => {
    const watcher = await openPage(browser, [])
    let isCut = false
    const sockets = new Set<{ close(options: { code: number }): Promise<void> }>()
    await watcher.routeWebSocket(/\/graphql$/, (socket) => {
      if (isCut) return void socket.close({ code: TRY_AGAIN_LATER })
      sockets.add(socket)
      socket.connectToServer()
    })
    const asked: number[] = []
    watcher.on('request', (request) => {
      if (/"operationName":"Jobs"/.test(request.postData() ?? '')) asked.push(performance.now())
    })
    await watcher.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    const badge = (text: string): Locator => watcher.getByRole('status').getByText(text, { exact: true })
    await badge('Live').waitFor()

    const link = (name: string) => watcher.getByRole('link', { name, exact: true })
    isCut = true
    asked.length = 0
    for (const socket of sockets) await socket.close({ code: TRY_AGAIN_LATER })
    await badge('Polling').waitFor()
    await submit(world, { command: ['true'] }, 'while it was cut')
    await link('while it was cut').waitFor({ timeout: 2 * POLL_MS })
    await expect.poll(() => asked.length, { timeout: 3 * POLL_MS }).toBeGreaterThan(2)
    const gaps = asked.slice(1).map((at, i) => at - (asked[i] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(POLL_MS * 1.5)
    expect(Math.min(...gaps)).toBeGreaterThan(POLL_MS * 0.5)

    isCut = false
    const before = asked.length
    await badge('Live').waitFor({ timeout: 3 * POLL_MS })
    await expect.poll(() => asked.length).toBeGreaterThan(before)
    await submit(world, { command: ['true'] }, 'once it was back')
    await link('once it was back').waitFor()
    await watcher.close()
  }, 60_000)
})
