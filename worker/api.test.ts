import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Api, openApi } from './api.ts'
import { StartRunDocument } from './generated/documents.ts'

const lease = { runId: '0198a000-0000-7000-8000-000000000000', epoch: 1 }
const held = { data: { startRun: { standing: 'HELD', leaseMs: 45_000 } } }

let folder: string
let server: Server
let api: Api
let asked: { authorization: string | undefined }[]
let answer: (response: ServerResponse, authorization: string | undefined) => void

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worker-api-'))
  await writeFile(join(folder, 'token'), 'first.token\n')
  asked = []
  server = createServer((request, response) => {
    const { authorization } = request.headers
    asked.push({ authorization })
    answer(response, authorization)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  api = openApi(`http://127.0.0.1:${port}/`, join(folder, 'token'), createLogger('test', 'silent'))
})
afterEach(async () => {
  await api.close()
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

test('a document is answered with its data', async () => {
  answer = (response) => json(response, 200, held)
  expect(await api.send(StartRunDocument, { lease })).toEqual(held.data)
  expect(asked).toEqual([{ authorization: 'Bearer first.token' }])
})

test('a refused token is read again, once', async () => {
  await writeFile(join(folder, 'token'), 'second.token')
  answer = (response, authorization) =>
    authorization === 'Bearer third.token' ? json(response, 200, held) : json(response, 401, {})
  await expect(api.send(StartRunDocument, { lease })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await writeFile(join(folder, 'token'), 'third.token')
  expect(await api.send(StartRunDocument, { lease })).toEqual(held.data)
})

test('a token that is about to end is read again before it is refused', async () => {
  const ending = (seconds: number) => {
    const exp = Math.floor(Date.now() / 1_000) + seconds
    return `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.x`
  }
  const [old, next] = [ending(30), ending(3_600)]
  answer = (response) => json(response, 200, held)
  for (const token of [old, next]) {
    await writeFile(join(folder, 'token'), token)
    await api.send(StartRunDocument, { lease })
  }
  expect(asked).toEqual([{ authorization: `Bearer ${old}` }, { authorization: `Bearer ${next}` }])
})

test('errors keep their kind, and what nobody understands is not asked again', async () => {
  const error = (code: string) => ({ errors: [{ message: 'No.', extensions: { code } }], data: null })
  answer = (response) => json(response, 200, error('FORBIDDEN'))
  await expect(api.insist(StartRunDocument, { lease }, never)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'No.',
  })
  answer = (response) => json(response, 400, error('GRAPHQL_VALIDATION_FAILED'))
  await expect(api.insist(StartRunDocument, { lease }, never)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  expect(asked).toHaveLength(2)
})

test('a gateway that is away, or says so, is asked until it answers', async () => {
  const answers = [
    (response: ServerResponse) => response.destroy(),
    (response: ServerResponse) => json(response, 503, {}),
    (response: ServerResponse) => response.writeHead(502).end('<html>'),
    (response: ServerResponse) => json(response, 200, held),
  ]
  answer = (response) => answers[asked.length - 1]?.(response)
  expect(await api.insist(StartRunDocument, { lease }, never)).toEqual(held.data)
  expect(asked).toHaveLength(4)
})

test('the trying ends when it is told to', async () => {
  const stop = new AbortController()
  answer = (response) => {
    json(response, 503, {})
    stop.abort()
  }
  await expect(api.insist(StartRunDocument, { lease }, stop.signal)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(asked).toHaveLength(1)
})

test('an answer without data or errors is a fault of the gateway', async () => {
  answer = (response) => json(response, 200, null)
  await expect(api.send(StartRunDocument, { lease })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})

const never = new AbortController().signal
