import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

const FRIEND = 'https://friend.example'
const STRANGER = 'https://evil.example'

let gateway: TestGateway
let alice: string

beforeAll(async () => {
  gateway = await startTestGateway({ ALLOWED_ORIGINS: [FRIEND] })
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())

const preflight = (origin: string, path = '/graphql') =>
  fetch(gateway.url + path, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  })

test.each(['/graphql', '/jobs', '/live', '/nothing', '/app/', '/docs'])(
  'the answer at %s protects browsers',
  async (path) => {
    const { headers } = await fetch(gateway.url + path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    const policy = headers.get('content-security-policy')
    if (path === '/docs') expect(policy).toMatch(/default-src 'self'/)
    else expect(policy).toMatch(/frame-ancestors 'none'/)
  },
)

describe('a page of another site', () => {
  test('may ask where it is allowed', async () => {
    const asked = await preflight(FRIEND)
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-origin')).toBe(FRIEND)
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization')
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { origin: FRIEND, authorization: `Bearer ${alice}`, 'content-type': 'application/json' },
      body: '{"query":"{ version }"}',
    })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, FRIEND])
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after')
    expect(answer.headers.get('vary')).toContain('Origin')
    // A browser shows even a refusal to the page only with this.
    expect(
      (await fetch(`${gateway.url}/jobs`, { headers: { origin: FRIEND } })).headers.get('access-control-allow-origin'),
    ).toBe(FRIEND)
  })

  test.each([STRANGER, 'null', `${FRIEND}:8443`, 'http://friend.example', `${FRIEND}.evil.example`])(
    'may not otherwise: %s',
    async (origin) => {
      for (const path of ['/graphql', '/jobs']) {
        expect((await preflight(origin, path)).headers.get('access-control-allow-origin')).toBeNull()
      }
      const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { origin },
      })
      const [error] = await once(socket, 'error')
      expect(String(error)).toMatch(/403/)
    },
  )

  test('may open a socket where it is allowed', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { origin: FRIEND },
    })
    await once(socket, 'open')
    socket.close()
  })

  test('cannot make a browser send an operation without asking first', async () => {
    const authorization = `Bearer ${alice}`
    const query = encodeURIComponent('mutation { cancelJob(id: "x") { job { id } } }')
    expect((await fetch(`${gateway.url}/graphql?query=${query}`, { headers: { authorization } })).status).toBe(400)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body: '{"query":"{ version }"}',
      })
      expect([type, [400, 415].includes(answer.status)]).toEqual([type, true])
    }
  })
})
