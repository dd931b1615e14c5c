import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'constellation-page-'))
  gateway = await startTestGateway({ WEB_DIR: folder, NATS_URL: 'nats://127.0.0.1:9' })
})
afterAll(async () => {
  await gateway.stop()
  await rm(folder, { recursive: true })
})

const get = (address: string, accept = '*/*') =>
  fetch(`${gateway.url}${address}`, { headers: { accept }, redirect: 'manual' })

test('the page is served to everybody, once it is built', async () => {
  const early = await get('/app/', 'text/html')
  expect(early.status).toBe(503)
  expect(await early.text()).toMatch('The page has not been built.')

  await mkdir(path.join(folder, 'assets'))
  await writeFile(path.join(folder, 'index.html'), '<p>page</p>')
  await writeFile(path.join(folder, 'assets', 'main-1a2b3c.js'), 'console.log(1)')
  await writeFile(path.join(folder, 'icon.svg'), '<svg/>')

  const index = await get('/app/', 'text/html')
  expect(await index.text()).toBe('<p>page</p>')
  expect(index.headers.get('cache-control')).toBe('no-cache')
  expect(index.headers.get('content-security-policy')).toMatch("default-src 'self'")
  expect(index.headers.get('content-security-policy')).toMatch("frame-ancestors 'none'")
  expect(index.headers.get('x-content-type-options')).toBe('nosniff')
  expect(index.headers.get('referrer-policy')).toBe('no-referrer')

  const asset = await get('/app/assets/main-1a2b3c.js')
  expect(asset.headers.get('content-type')).toMatch('javascript')
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await get('/app/icon.svg')).headers.get('cache-control')).toBe('no-cache')
  expect((await get('/app')).headers.get('location')).toBe('/app/')
})

test('an address gets the document of its page, where there is one', async () => {
  await mkdir(path.join(folder, 'pages'))
  await writeFile(path.join(folder, 'pages', 'gpus.html'), '<p>GPUs</p>')
  await writeFile(path.join(folder, 'pages', 'gpus.one.html'), '<p>one GPU</p>')
  const body = async (address: string) => (await get(address, 'text/html')).text()
  expect(await body('/app/gpus')).toBe('<p>GPUs</p>')
  expect(await body('/app/gpus?state=IDLE')).toBe('<p>GPUs</p>')
  expect(await body('/app/gpus/01a2')).toBe('<p>one GPU</p>')
  for (const address of ['/app/', '/app/queue', '/app/queue/1', '/app/gpus/01a2/more', '/app/gpus/']) {
    expect([address, await body(address)]).toEqual([address, '<p>page</p>'])
  }
})

test('an address inside the page gets the page, and a missing asset 404', async () => {
  expect(await (await get('/app/jobs/123', 'text/html,*/*')).text()).toBe('<p>page</p>')
  for (const [address, accept] of [
    ['/app/assets/old.js', '*/*'],
    ['/app/assets/old.js', 'text/html'],
    ['/app/jobs/123', 'application/json'],
    ['/app/..%2f..%2fetc%2fpasswd', '*/*'],
    ['/app/%2e%2e/package.json', '*/*'],
    ['/app/a%00b.js', '*/*'],
    ['/app/..%5cpackage.json', '*/*'],
    ['/app/assets', '*/*'],
    ['/app/assets/', '*/*'],
  ] as const) {
    const missing = await get(address, accept)
    expect([address, missing.status]).toEqual([address, address.includes('%2e') ? 401 : 404])
    expect(missing.headers.get('cache-control')).toBeNull()
  }
})
