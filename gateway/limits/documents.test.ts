import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'
import { readManifest } from './documents.ts'

let gateway: TestGateway
let alice: string

beforeAll(async () => {
  gateway = await startTestGateway({ ALLOWED_DOCUMENTS: 'persisted' })
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())

const manifest = readManifest()

/** The hash and the text of the persisted operation of this name. */
function persisted(name: string): { hash: string; text: string } {
  const found = [...manifest].find(([, text]) =>
    new RegExp(`^(query|mutation|subscription) ${name}\\b`, 'm').test(text),
  )
  if (!found) throw new Error(`${name} is not persisted.`)
  return { hash: found[0], text: found[1] }
}

async function post(body: object) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${alice}` }
  const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: await answer.json() }
}

const NOT_FOUND = { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }

/** How an operation names its document by a hash, as graphql-ws passes it on. */
function namedBy(name: string, sha256Hash = persisted(name).hash) {
  return { extensions: { persistedQuery: { version: 1, sha256Hash } } }
}

function connect() {
  return createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token: alice },
    retryAttempts: 0,
  })
}

const ID = '00000000-0000-7000-8000-000000000000'
const CANCEL = { variables: { id: ID }, answer: { data: { cancelJob: expect.objectContaining({ job: null }) } } }

describe('with persisted documents alone', () => {
  test('another document is refused, over HTTP and a socket', async () => {
    const error = { message: expect.stringMatching(/made known/), extensions: { code: 'FORBIDDEN' } }
    expect(await post({ query: '{ version }' })).toEqual({ status: 403, body: { errors: [error] } })
    const client = connect()
    const refused = client.iterate({ query: 'subscription { jobsChanged { id } }' }).next()
    await expect(refused).rejects.toEqual([error])
    await client.dispose()
  })

  test('one of ours is answered, however it is written', async () => {
    const { text } = persisted('CancelJob')
    const bare = text.replaceAll(/\s*__typename/g, '').replaceAll(/\s+/g, ' ')
    for (const query of [text, bare, `# from the page\n${text}`]) {
      expect(await post({ query, variables: CANCEL.variables })).toEqual({ status: 200, body: CANCEL.answer })
    }
  })

  test('one that differs in what it asks for is not ours', async () => {
    const { text } = persisted('CancelJob')
    for (const query of [
      text.replace('$id)', '$id) @skip(if: false)'),
      `${text} query Other { version }`,
      text.replace('cancelJob', 'x: cancelJob'),
    ]) {
      expect((await post({ query, variables: CANCEL.variables })).status).toBe(403)
    }
  })

  test('it is found by its hash', async () => {
    const { hash } = persisted('CancelJob')
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } }
    for (const named of [{ extensions }, { documentId: hash }, { documentId: `sha256:${hash}` }]) {
      expect(await post({ ...named, variables: CANCEL.variables })).toEqual({ status: 200, body: CANCEL.answer })
    }
    const search = new URLSearchParams({
      extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: persisted('Fleet').hash } }),
    })
    const got = await fetch(`${gateway.url}/graphql?${search}`, {
      headers: { authorization: `Bearer ${alice}`, 'apollo-require-preflight': '1' },
    })
    expect(await got.json()).not.toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  test('it is found by its hash over a socket, which the protocol wants to hold a text too', async () => {
    const job = makeJob()
    gateway.services.world.jobs.set(job.id, job)
    const client = connect()
    const results = client.iterate({ query: '', ...namedBy('RestJobProgress'), variables: { id: job.id } })
    expect(await nextOf(results)).toMatchObject({ data: { jobChanged: { state: 'QUEUED' } } })
    await results.return?.()
    const cancelled = client.iterate({ query: '', ...namedBy('CancelJob'), variables: CANCEL.variables })
    expect(await nextOf(cancelled)).toEqual(CANCEL.answer)
    const unknown = client.iterate({ query: '', ...namedBy('CancelJob', '0'.repeat(64)) })
    await expect(unknown.next()).rejects.toEqual([NOT_FOUND])
    await client.dispose()
  })

  test('it is found by its hash for a stream', async () => {
    const job = makeJob()
    gateway.services.world.jobs.set(job.id, job)
    const variables = { id: job.id }
    const { extensions } = namedBy('RestJobProgress')
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${alice}` }
    const search = new URLSearchParams({ extensions: JSON.stringify(extensions), variables: JSON.stringify(variables) })
    const post = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }
    const url = `${gateway.url}/graphql/stream`
    for (const ask of [
      (signal: AbortSignal) => fetch(`${url}?${search}`, { headers, signal }),
      (signal: AbortSignal) => fetch(url, { ...post, signal, body: JSON.stringify({ extensions, variables }) }),
    ]) {
      const gone = new AbortController()
      const { body } = await ask(gone.signal)
      let text = ''
      for await (const part of body ?? []) {
        text += Buffer.from(part).toString()
        if (text.includes('event: next') && text.endsWith('\n\n')) break
      }
      expect(text).toContain('"state":"QUEUED"')
      gone.abort()
    }
    const other = await fetch(url, { ...post, body: JSON.stringify({ query: '{ version }' }) })
    expect(await other.text()).toContain('"code":"FORBIDDEN"')
  })

  test('an unknown hash is told in the words that clients know', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } }
    expect(await post({ extensions })).toEqual({
      status: 400,
      body: { errors: [NOT_FOUND] },
    })
  })

  test('REST goes on, whose documents are ours too', async () => {
    const answer = await fetch(`${gateway.url}/jobs/${ID}`, { headers: { authorization: `Bearer ${alice}` } })
    expect(answer.status).toBe(404)
  })
})
