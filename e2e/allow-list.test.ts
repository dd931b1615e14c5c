import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { CHROMIUM, openBrowser, openPage } from './browser.ts'
import { openWorld, submit, type World } from './testing.ts'

describe.skipIf(!CHROMIUM)('where persisted documents alone are answered', () => {
  let world: World
  let browser: Browser

  beforeAll(async () => {
    if (!CHROMIUM) return
    vi.stubEnv('ALLOWED_DOCUMENTS', 'persisted')
    world = await openWorld()
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    vi.unstubAllEnvs()
    await browser?.close()
    await world?.close()
  })

  test('the page works, live, and sends hashes alone over its socket', async () => {
    const complaints: string[] = []
    const subscribed: { query: string; extensions?: { persistedQuery?: object } }[] = []
    const page = await openPage(browser, complaints)
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const message = JSON.parse(String(payload))
        if (message.type === 'subscribe') subscribed.push(message.payload)
      }),
    )
    await page.goto(`${world.stack.url}/app/#token=${world.stack.adminToken}`)
    await page.getByText('Live', { exact: true }).waitFor()
    const { id } = await submit(world, { command: ['sh', '-c', 'echo hello; exec sleep 600'] }, 'listed')
    // Told of by a subscription.
    await page.getByRole('link', { name: 'listed' }).click()
    await page.getByRole('region', { name: 'Log' }).getByText('hello', { exact: true }).waitFor()
    await world.rest(`/jobs/${id}`, { method: 'DELETE' })
    await page.getByText('Cancelled').first().waitFor()
    expect(subscribed.length).toBeGreaterThan(2)
    for (const { query, extensions } of subscribed) {
      expect(query).toBe('')
      expect(extensions?.persistedQuery).toMatchObject({ version: 1 })
    }
    expect(await world.graphql('{ version }')).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(complaints).toEqual([])
  })
})
