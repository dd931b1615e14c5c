import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '../failure.ts'
import { FollowLogDocument, WhoAmIDocument } from '../generated/documents.ts'
import { openApi } from './api.ts'
import { follow } from './follow.ts'

const WHO = { data: { viewer: { id: 'a', role: 'user', accounts: [], scopes: null }, version: '1' } }
const LOG = { runId: 'r', after: -1, fromLine: 0 }

/** A server that answers each request with the next of these, and the tokens and variables that it was sent. */
async function serve(...answers: ((response: ServerResponse) => void)[]) {
  const tokens: (string | undefined)[] = []
  const variables: object[] = []
  const server = createServer(async (request, response) => {
    tokens.push(request.headers.authorization)
    let body = ''
    for await (const part of request) body += part
    variables.push(JSON.parse(body).variables)
    answers.shift()?.(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => server.close().closeAllConnections())
  // A TCP server's address is no pipe's.
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, tokens, variables }
}

const json = (status: number, content: unknown) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
const stream = (text: string, then: 'ends' | 'stays') => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (then === 'ends') response.end(text)
  else response.write(text)
}
const piece = (seq: number) =>
  `event: next\ndata: ${JSON.stringify({ data: { runLog: { runId: 'r', seq, at: '', stream: 'STDOUT', text: '', firstLine: 0, end: false } } })}\n\n`
const refusal = (code: string) =>
  `event: next\ndata: ${JSON.stringify({ errors: [{ message: code, extensions: { code } }] })}\n\n`
const COMPLETE = 'event: complete\ndata:\n\n'

test('a token that is turned away is asked for again, once', async () => {
  const { url, tokens } = await serve(json(401, { detail: 'The token has expired.' }), json(200, WHO))
  const api = openApi({ url, token: async (refused) => (refused === undefined ? 'old' : 'new') })
  expect((await api.ask(WhoAmIDocument, {})).viewer.id).toBe('a')
  expect(tokens).toEqual(['Bearer old', 'Bearer new'])
})

test.each<[string, (response: ServerResponse) => void, object]>([
  ['no token that holds', json(401, { detail: 'No.' }), { kind: 'signedOut' }],
  [
    'a refusal',
    json(200, { data: null, errors: [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }] }),
    { kind: 'refused', code: 'FORBIDDEN', message: 'No.' },
  ],
  ['a service that is away', json(503, { detail: 'Not now.' }), { kind: 'unreachable', message: 'Not now.' }],
  ["a proxy's page", (response) => void response.writeHead(200).end('<html>'), { kind: 'unreachable' }],
  ['a fault', json(200, { data: null, errors: [{ message: 'Oh.' }] }), { kind: 'failed' }],
])('%s is told as what it is', async (_, answer, expected) => {
  const { url } = await serve(answer)
  const api = openApi({ url, token: async () => 't' })
  await expect(api.ask(WhoAmIDocument, {})).rejects.toMatchObject(expected)
})

test('a stream that breaks, falls silent or loses its token goes on behind its last piece', async () => {
  const { url, variables } = await serve(
    stream(piece(0), 'ends'),
    stream(piece(1), 'stays'),
    stream(piece(2) + refusal('UNAUTHENTICATED') + COMPLETE, 'ends'),
    json(503, {}),
    stream(piece(3) + COMPLETE, 'ends'),
  )
  const api = openApi({ url, token: async () => 't', silenceMs: 200 })
  let after = -1
  const links: boolean[] = []
  const following = {
    variables: () => ({ ...LOG, after }),
    signal: new AbortController().signal,
    onLink: (isThere: boolean) => void links.push(isThere),
  }
  for await (const { data } of follow(api, FollowLogDocument, following)) after = data.runLog.seq
  expect(variables.map((each) => Object(each).after)).toEqual([-1, 0, 1, 2, 2])
  expect(links).toEqual([true, false, true, false, true, false, false, true])
})

test('a refusal ends it, and what is kept no longer is asked for anew where there is another place', async () => {
  const { url, variables } = await serve(
    stream(refusal('GONE') + COMPLETE, 'ends'),
    stream(piece(7) + COMPLETE, 'ends'),
    stream(refusal('NOT_FOUND') + COMPLETE, 'ends'),
  )
  const api = openApi({ url, token: async () => 't' })
  const { signal } = new AbortController()
  let after = 5
  const onGone = () => {
    after = -1
    return true
  }
  for await (const { data } of follow(api, FollowLogDocument, {
    variables: () => ({ ...LOG, after }),
    signal,
    onGone,
  })) {
    expect(data.runLog.seq).toBe(7)
  }
  expect(variables.map((each) => Object(each).after)).toEqual([5, -1])
  const refused = follow(api, FollowLogDocument, { variables: () => LOG, signal }).next()
  await expect(refused).rejects.toBeInstanceOf(Failure)
})
