import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage } from '../browser.ts'
import { submit } from '../testing.ts'
import type { OpenStack } from './open-stack.ts'

/** How often the page asks while it polls, in milliseconds. */
const POLL_MS = 5000
/** What the server closes a socket with that is to come back later. */
const TRY_AGAIN_LATER = 1013

/** The badge Live or Polling. */
export function testLiveOrPolling(at: () => OpenStack): void {
  test('with the socket cut the page says that it polls, asks every five seconds, and refreshes once it is back', async () => {
    const { world, browser } = at()
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
}
