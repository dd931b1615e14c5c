import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from './testing/bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

describe('the service itself', () => {
  test('GET / has links, without a token, and sends browsers to the page', async () => {
    const answer = await bridge.call('/', { token: null })
    expect(answer.json).toMatchObject({ name: 'constellation', links: { jobs: '/jobs', docs: '/docs' } })
    const browser = await bridge.call('/', { token: null, headers: { accept: 'text/html,application/xhtml+xml' } })
    expect([browser.status, browser.headers.get('location')]).toEqual([303, '/app/'])
  })

  test('GET /openapi.json is the contract', async () => {
    const { json } = await bridge.call('/openapi.json', { token: null })
    expect(json.openapi).toBe('3.1.0')
    expect(Object.keys(json.paths)).toContain('/jobs/{id}/logs')
  })

  test('GET /docs is a page that fetches nothing from elsewhere', async () => {
    const page = await bridge.call('/docs', { token: null })
    expect(page.status).toBe(200)
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    for (const [, file] of page.text.matchAll(/(?:src|href)="\.?([^"]+)"/g)) {
      const path = file?.startsWith('/docs') ? file : `/docs${file}`
      const response = await bridge.open(path, { token: null })
      // A body that is not read would keep its connection busy, and the server waits for it.
      const size = (await response.arrayBuffer()).byteLength
      expect([path, response.status, size > 0]).toEqual([path, 200, true])
    }
  })
})
