import { beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { submit, type World } from '../testing.ts'
import { theStack } from './the-stack.ts'

let world: World
beforeAll(async () => {
  world = await theStack()
})

const CREATE = `mutation ($input: CreateApiTokenInput!) {
  createApiToken(input: $input) { token { id owner scopes lastUsedAt } secret problems { path message } }
}`

async function create(scopes = ['READ', 'SUBMIT']): Promise<{ id: string; secret: string }> {
  const { data } = await world.graphql(CREATE, { input: { name: 'nightly', scopes } })
  const created = Object(data).createApiToken
  expect(created).toMatchObject({ token: { owner: 'admin', scopes, lastUsedAt: null }, problems: [] })
  return { id: created.token.id, secret: created.secret }
}

const revoke = (id: string) => world.graphql('mutation ($id: ID!) { revokeApiToken(id: $id) { revokedAt } }', { id })
const as = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } })

/** A socket at this path after what its client said first; and its close. */
async function open(path: string, protocol: string | undefined, first: object, enough: (type: string) => boolean) {
  const socket = new WebSocket(`${world.stack.url.replace('http', 'ws')}${path}`, protocol)
  const closed = new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, String(reason)])))
  const ready = Promise.withResolvers<void>()
  socket.once('open', () => socket.send(JSON.stringify(first)))
  socket.on('message', (data) => enough(JSON.parse(String(data)).type) && ready.resolve())
  await Promise.race([ready.promise, closed])
  return { socket, closed }
}

describe('an API token', () => {
  test('works like any bearer in REST and in the graph, and says when it was used', async () => {
    const { id, secret } = await create()
    expect((await world.rest('/jobs', as(secret))).status).toBe(200)
    const body = JSON.stringify({ query: '{ viewer { id role scopes } apiTokens { id lastUsedAt } }' })
    const headers = { 'content-type': 'application/json', ...as(secret).headers }
    const { data } = await (await world.rest('/graphql', { method: 'POST', headers, body })).json()
    expect(data.viewer).toEqual({ id: 'admin', role: 'admin', scopes: ['READ', 'SUBMIT'] })
    expect(data.apiTokens).toContainEqual({ id, lastUsedAt: expect.stringMatching(/^20/) })
  })

  test('that is revoked is refused at once, and its sockets are closed at once', async () => {
    const { id, secret } = await create()
    const payload = { token: secret }
    const init = { type: 'connection_init', payload }
    const graph = await open('/graphql', 'graphql-transport-ws', init, (type) => type === 'connection_ack')
    const auth = { type: 'auth', ...payload }
    const { id: jobId } = await submit(world, { command: ['sleep', '600'] })
    const stream = await open(`/stream?job_id=${jobId}`, undefined, auth, () => true)
    expect([graph.socket.readyState, stream.socket.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN])
    const since = performance.now()
    await revoke(id)
    expect(await graph.closed).toEqual([4403, 'The token was revoked.'])
    expect(await stream.closed).toEqual([4401, 'The token was revoked.'])
    expect(performance.now() - since).toBeLessThan(5_000)
    expect((await world.rest('/jobs', as(secret))).status).toBe(401)
    await world.rest(`/jobs/${jobId}`, { method: 'DELETE' })
  })

  test('makes no others, and clients cannot ask what one stands for', async () => {
    const { secret } = await create()
    const ask = (query: string, variables = {}) =>
      world.rest('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...as(secret).headers },
        body: JSON.stringify({ query, variables }),
      })
    const made = await (await ask(CREATE, { input: { name: 'another', scopes: ['READ'] } })).json()
    expect(made.errors[0].extensions.code).toBe('FORBIDDEN')
    const checked = await (await ask(`{ checkApiToken(hash: "${'0'.repeat(64)}") { owner } }`)).json()
    expect(checked.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  test('enrols a worker elsewhere, which gets tokens of an hour of its own name', async () => {
    const { data } = await world.graphql('mutation { enrolWorker(name: "gpu-host-7") { token { id } secret } }')
    const { secret, token } = Object(data).enrolWorker
    const exchange = (shown: string) => world.rest('/worker-token', { method: 'POST', ...as(shown) })
    const answer = await exchange(secret)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { token: short, expires_in } = await answer.json()
    expect(expires_in).toBe(3_600)
    const headers = { 'content-type': 'application/json', ...as(short).headers }
    const body = JSON.stringify({ query: '{ viewer { id role } }' })
    const viewer = await (await world.rest('/graphql', { method: 'POST', headers, body })).json()
    expect(viewer.data.viewer).toEqual({ id: 'gpu-host-7', role: 'worker' })
    expect((await world.rest('/jobs', as(secret))).status).toBe(401)
    expect((await exchange(world.stack.adminToken)).status).toBe(403)
    await revoke(token.id)
    expect((await exchange(secret)).status).toBe(401)
  })

  test('that is made up is refused', async () => {
    const madeUp = `cst_00000000-0000-4000-8000-000000000000_${'x'.repeat(43)}`
    expect((await world.rest('/jobs', as(madeUp))).status).toBe(401)
  })
})
