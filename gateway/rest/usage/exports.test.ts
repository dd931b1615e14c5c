import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'

const ID = '0199a1b2-0000-7000-8000-000000000100'
const FILE = 'a,b\n1,2\n3,4\n'

let usage: Server
let bridge: Bridge
/** What the usage service was asked for. */
let asked: { url: string | undefined; range: string | undefined }[] = []
/** Nobody reads the endless file any more. */
const left = Promise.withResolvers<void>()
beforeAll(async () => {
  usage = createServer(({ url, headers }, response) => {
    asked.push({ url, range: headers.range })
    if (url?.includes('forged')) {
      response.writeHead(403).end(JSON.stringify({ code: 'FORBIDDEN', message: 'This link does not hold.' }))
    } else if (url?.includes('endless')) {
      response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8', 'content-length': 2 ** 40 }).write(FILE)
      response.once('close', () => left.resolve())
    } else if (headers.range === 'bytes=99-') {
      response.writeHead(416, { 'content-range': `bytes */${FILE.length}` }).end()
    } else if (headers.range === 'bytes=4-') {
      const range = { 'content-range': `bytes 4-${FILE.length - 1}/${FILE.length}` }
      response.writeHead(206, { 'content-type': 'text/csv; charset=utf-8', ...range }).end(FILE.slice(4))
    } else {
      const headers = { 'content-type': 'text/csv; charset=utf-8', etag: '"00"', 'x-inside': 'yes' }
      response.writeHead(200, headers).end(FILE)
    }
  })
  await new Promise<void>((resolve) => usage.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = usage.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  bridge = await startBridge({}, `http://127.0.0.1:${address.port}`)
})
afterAll(async () => {
  await bridge?.close()
  usage?.closeAllConnections()
  usage?.close()
})
beforeEach(() => {
  asked = []
  bridge.newWorld()
})

describe('/usage/exports', () => {
  test('POST asks for a file, of names and a range', async () => {
    const json = {
      format: 'focus',
      from: '2026-01-01T01:00:00+01:00',
      to: '2026-02-01T00:00:00Z',
      accounts: ['team-a'],
    }
    const answer = await bridge.call('/usage/exports', { method: 'POST', json })
    expect(answer.status).toBe(202)
    expect(answer.json).toMatchObject({ format: 'focus', state: 'done', from: '2026-01-01T00:00:00.000Z' })
    expect(answer.headers.get('location')).toBe(`/usage/exports/${answer.json.id}`)
    expect(bridge.world.asked[0]?.args).toMatchObject({
      input: {
        format: 'FOCUS',
        range: { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
        filter: { accounts: ['team-a'], users: null, models: null },
      },
    })
  })

  test.each([
    ['of no format', {}, 'format'],
    ['of a format that is none', { format: 'xlsx' }, 'format'],
    ['of a time that is none', { format: 'csv', from: 'yesterday' }, 'from'],
    ['of names without end', { format: 'csv', users: Array(101).fill('x') }, 'users'],
    ['with what nobody knows', { format: 'csv', queue: 'x' }, 'queue'],
  ])('POST refuses a file %s', async (_, json, path) => {
    const answer = await bridge.call('/usage/exports', { method: 'POST', json })
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, path])
  })

  test('GET has those there are, and one; DELETE calls it off', async () => {
    expect((await bridge.call(`/usage/exports/${ID}`)).status).toBe(404)
    await bridge.call('/usage/exports', { method: 'POST', json: { format: 'csv' } })
    expect((await bridge.call('/usage/exports')).json.exports).toHaveLength(1)
    expect((await bridge.call(`/usage/exports/${ID}`)).json).toMatchObject({ id: ID, rows: 2 })
    expect((await bridge.call(`/usage/exports/${ID}`, { method: 'DELETE' })).status).toBe(204)
    expect((await bridge.call(`/usage/exports/${ID}`)).json).toMatchObject({ state: 'cancelled', link: null })
  })
})

describe('/usage/exports/{id}/file', () => {
  const path = `/usage/exports/${ID}/file?expires=1769937300&signature=c2ln`

  test('hands the file on to whoever has the link, without a token', async () => {
    const { status, text, headers } = await bridge.call(path, { token: null })
    expect([status, text, headers.get('etag')]).toEqual([200, FILE, '"00"'])
    expect(headers.get('x-inside')).toBeNull()
    expect(asked).toEqual([{ url: `/exports/${ID}/file?expires=1769937300&signature=c2ln`, range: undefined }])
  })

  test('hands a part on', async () => {
    const { status, text } = await bridge.call(path, { token: null, headers: { range: 'bytes=4-' } })
    expect([status, text]).toEqual([206, FILE.slice(4)])
    const beyond = await bridge.call(path, { token: null, headers: { range: 'bytes=99-' } })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${FILE.length}`])
  })

  test('HEAD tells of the file, and does not fetch it', async () => {
    const endless = path.replace('c2ln', 'endless')
    const { status, headers } = await bridge.call(endless, { method: 'HEAD', token: null })
    expect([status, headers.get('content-length')]).toEqual([200, String(2 ** 40)])
    // Sooner than one that waits for the rest gives up.
    await left.promise
  }, 20_000)

  test('refuses a link that does not hold, or is none', async () => {
    const forged = await bridge.call(path.replace('c2ln', 'forged'), { token: null })
    expect([forged.status, forged.json.detail]).toEqual([403, 'This link does not hold.'])
    expect((await bridge.call(`/usage/exports/${ID}/file`, { token: null })).status).toBe(400)
    expect((await bridge.call(path.replace(ID, 'x'), { token: null })).status).toBe(400)
  })
})

test('GET /usage/accounts/{id}/statements/{month} is a page that may do nothing', async () => {
  const { status, text, headers } = await bridge.call('/usage/accounts/team-a/statements/2026-01')
  expect([status, text]).toEqual([200, '<p>team-a in 2026-01</p>'])
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect((await bridge.call('/usage/accounts/team-a/statements/january')).status).toBe(400)
  expect((await bridge.call('/usage/accounts/team-a/statements/2026-01', { token: null })).status).toBe(401)
})

test('GET /usage/accounts/{id} tells of costs, waste and use', async () => {
  const { json } = await bridge.call('/usage/accounts/team-a')
  const figures = {
    cost: [{ amount: '1.5000000000', currency: 'EUR' }],
    wasted_gpu_seconds: 0.25,
    utilised_gpu_seconds: 1.5,
    measured_gpu_seconds: 3,
  }
  expect(json).toMatchObject(figures)
  expect(json.rows[0]).toMatchObject(figures)
  expect((await bridge.call('/usage/leaderboard')).json.entries[0]).toMatchObject(figures)
})
