import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { onceEach, serveProbes } from './probes.ts'

const app = () => Fastify()
let served = app()
afterEach(() => served.close())

const away = async () => {
  throw new Error('connect ECONNREFUSED')
}

async function ask(path: string) {
  const { statusCode, body } = await served.inject(path)
  return [statusCode, JSON.parse(body)]
}

test('a process is alive whatever it misses, and ready only with what it cannot do without', async () => {
  served = app()
  let database: () => Promise<void> = away
  serveProbes(served, { database: () => database() })
  expect(await ask('/livez')).toEqual([200, { status: 'ok' }])
  expect(await ask('/readyz')).toEqual([503, { status: 'unavailable', parts: { database: 'connect ECONNREFUSED' } }])
  database = async () => undefined
  expect(await ask('/readyz')).toEqual([200, { status: 'ok', parts: { database: 'ok' } }])
})

test('a part that does not answer is not ready', { timeout: 5_000 }, async () => {
  served = app()
  serveProbes(served, { database: () => new Promise(() => {}) })
  expect(await ask('/readyz')).toEqual([503, { status: 'unavailable', parts: { database: 'it does not answer' } }])
})

test('what has to be reached once is not asked for again', async () => {
  let isThere = false
  const checks = onceEach({ jobs: () => (isThere ? Promise.resolve() : away()) })
  await expect(checks.jobs?.()).rejects.toThrow('ECONNREFUSED')
  isThere = true
  await checks.jobs?.()
  isThere = false
  await expect(checks.jobs?.()).resolves.toBeUndefined()
})
