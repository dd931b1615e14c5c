import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeTestHome, removeTestHome } from '../testing/test-home.ts'
import { loadIssuer } from './keys.ts'
import { keepWorkerToken, type WorkerToken } from './worker-token.ts'

let home: string
let kept: WorkerToken
const printed: string[] = []

beforeEach(async () => {
  home = await makeTestHome()
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
  const issuer = await loadIssuer(home)
  kept = keepWorkerToken(
    path.join(home, 'worker.token'),
    async () => issuer,
    (line) => printed.push(line),
  )
  await kept.written
})
afterEach(async () => {
  await kept.stop()
  vi.useRealTimers()
  await removeTestHome(home)
})

const claims = async () => decodeJwt((await readFile(path.join(home, 'worker.token'), 'utf8')).trim())
const MINUTE_MS = 60_000

test("the worker's token is for that worker alone, and holds for an hour", async () => {
  const { sub, role, exp = 0, iat = 0 } = await claims()
  expect({ sub, role, ttl: exp - iat }).toEqual({ sub: 'worker-local', role: 'worker', ttl: 3_600 })
  expect((await stat(path.join(home, 'worker.token'))).mode & 0o777).toBe(0o600)
})

test('it is written anew long before its end, and at once after a sleep', async () => {
  const first = await claims()
  vi.advanceTimersByTime(15 * MINUTE_MS)
  expect((await claims()).jti).toBe(first.jti)
  vi.advanceTimersByTime(6 * MINUTE_MS)
  await vi.waitFor(async () => expect((await claims()).jti).not.toBe(first.jti))
  const second = await claims()
  vi.setSystemTime(Date.now() + 600 * MINUTE_MS)
  vi.advanceTimersByTime(10_000)
  await vi.waitFor(async () => expect((await claims()).jti).not.toBe(second.jti))
  expect(printed).toEqual([])
})
