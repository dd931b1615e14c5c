import { createHash } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordRuns } from '../ledger/record.ts'
import { admin, type Ledger, links, openLake, openLedger, runEvent } from '../testing.ts'
import { serveFiles } from './serve-file.ts'
import { createLinks } from './sign-link.ts'
import { openExports } from './testing.ts'

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let opened: ReturnType<typeof openExports>
let app: FastifyInstance
let url: string
beforeAll(async () => {
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
  opened = openExports(ledger.pool, lake)
  await recordRuns(ledger.pool, [runEvent(1, 0, 60)])
  app = Fastify()
  serveFiles(app, { pool: ledger.pool, directory: lake.lake.directory, check: links.check })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app?.close()
  await lake?.close()
  await ledger?.close()
})

/** A link as it is told, as the service itself has it. */
const inside = (link: string | null | undefined) => url + (link ?? '').replace('/usage', '')

test('whoever has the link has the file, whole or in parts', async () => {
  const { done } = await opened.take(admin, { format: 'CSV' })
  const whole = await fetch(inside(done.link))
  const text = await whole.text()
  const hash = createHash('sha256').update(text)
  expect(whole.status).toBe(200)
  expect(whole.headers.get('content-length')).toBe(String(done.bytes))
  expect(whole.headers.get('content-disposition')).toBe(`attachment; filename="usage-${done.id}.csv"`)
  expect(whole.headers.get('etag')).toBe(`"${done.sha256}"`)
  expect(whole.headers.get('repr-digest')).toBe(`sha-256=:${hash.copy().digest('base64')}:`)
  expect(hash.digest('hex')).toBe(done.sha256)
  const part = await fetch(inside(done.link), { headers: { range: 'bytes=10-' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-${text.length - 1}/${text.length}`])
  expect(text.slice(0, 10) + (await part.text())).toBe(text)
  const beyond = await fetch(inside(done.link), { headers: { range: `bytes=${text.length}-` } })
  expect([beyond.status, await beyond.text()]).toEqual([416, ''])
})

describe('a link does not hold', () => {
  test.each<[string, (link: string) => string]>([
    ['for another export', (link) => link.replace(/exports\/[^/]+/, 'exports/0199a1b2-0000-7000-8000-000000000021')],
    ['for longer than it says', (link) => link.replace(/expires=\d+/, 'expires=9999999999')],
    [
      'with another signature',
      (link) => link.replace(/signature=./, (first) => (first.endsWith('A') ? 'signature=B' : 'signature=A')),
    ],
    ['without one', (link) => link.replace(/&signature=.*/, '')],
    ['with two', (link) => `${link}&signature=x`],
    ['of no id', (link) => link.replace(/exports\/[^/]+/, 'exports/x')],
  ])('%s', async (_, change) => {
    const { done } = await opened.take(admin, { format: 'CSV' })
    const answer = await fetch(inside(change(done.link ?? '')))
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'FORBIDDEN'])
  })

  test('after its time, nor after that of the file, nor under another key', () => {
    const soon = new Date(Date.now() + 60_000)
    const { path, expiresAt } = links.sign('id', soon)
    const [, expires = '', signature = ''] = /expires=(\d+)&signature=(.+)/.exec(path) ?? []
    expect(links.check('id', expires, signature)).toBe(true)
    expect(links.check('id', expires, signature, expiresAt.getTime())).toBe(false)
    expect(expiresAt.getTime()).toBeLessThanOrEqual(soon.getTime())
    expect(createLinks('another').check('id', expires, signature)).toBe(false)
  })

  test('once the export was called off', async () => {
    const { done } = await opened.take(admin, { format: 'CSV' })
    await opened.exports.cancel(admin, done.id)
    const answer = await fetch(inside(done.link))
    expect([answer.status, (await answer.json()).code]).toEqual([410, 'GONE'])
  })
})
