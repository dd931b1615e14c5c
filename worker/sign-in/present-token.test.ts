import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { presentToken } from './present-token.ts'

let folder: string
let file: string
let server: Server
let url: string
let answer: { status: number; body: string }
const asked: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worker-token-'))
  file = join(folder, 'token')
  asked.length = 0
  server = createServer(({ method, url: path, headers }, response) => {
    asked.push(`${method} ${path} ${headers.authorization}`)
    response.writeHead(answer.status).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}/`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

test('a token that is one is taken as it is, and nobody is asked', async () => {
  await writeFile(file, 'a.b.c\n')
  expect(await presentToken(url, file)).toEqual({ token: 'a.b.c' })
  expect(asked).toEqual([])
})

test('a token that enrols the worker is exchanged', async () => {
  await writeFile(file, 'cst_x_y')
  const nats = { user: 'workers.x', password: 'jwt.seed' }
  answer = { status: 200, body: JSON.stringify({ token: 'a.b.c', expires_in: 3600, nats }) }
  expect(await presentToken(url, file)).toEqual({ token: 'a.b.c', nats })
  expect(asked).toEqual(['POST /worker-token Bearer cst_x_y'])
})

test('a refusal is told from what may pass', async () => {
  await writeFile(file, 'cst_x_y')
  for (const [status, code] of [
    [401, 'UNAUTHENTICATED'],
    [403, 'UNAUTHENTICATED'],
    [503, 'UNAVAILABLE'],
  ] as const) {
    answer = { status, body: '{}' }
    await expect(presentToken(url, file)).rejects.toMatchObject({ code })
  }
  await expect(presentToken('http://127.0.0.1:1', file)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
