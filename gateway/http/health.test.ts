import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway({ HEALTH_NEEDS_WORKER: true, WEB_DIR: '/nowhere' })
})
afterAll(() => gateway.stop())
beforeEach(() => {
  gateway.services.world.workerStates = ['OFFLINE', 'ONLINE']
})

async function health(url = gateway.url) {
  const response = await fetch(`${url}/health`)
  return { status: response.status, body: await response.json() }
}

const READY = { gateway: 'ok', jobs: 'ok', gpus: 'ok', usage: 'ok', nats: 'ok', workers: 'ok' }

test('health is 200 when everything is ready, for everybody', async () => {
  const ready = await startTestGateway({ HEALTH_NEEDS_WORKER: true, NATS_URL: gateway.natsUrl })
  await vi.waitFor(
    async () => expect(await health(ready.url)).toEqual({ status: 200, body: { status: 'ok', parts: READY } }),
    10_000,
  )
  await ready.stop()
})

test('health is 503 and names what is not ready', async () => {
  gateway.services.world.workerStates = ['OFFLINE']
  gateway.services.hooks.before = (service, field) => {
    if (service === 'usage' && field === 'health') throw new Error('connect ECONNREFUSED 127.0.0.1:23989')
  }
  await gateway.services.gpus.stop()
  const away = await health()
  expect(away).toMatchObject({ status: 503, body: { status: 'unavailable' } })
  expect(away.body.parts).toEqual({
    ...READY,
    gpus: 'does not answer',
    usage: 'memory does not answer',
    page: 'the page has not been built',
    workers: 'the workers cannot be listed: The gpus service does not answer. Try again later.',
  })
  await gateway.services.gpus.startAgain()
  expect((await health()).body.parts).toMatchObject({ gpus: 'ok', workers: 'no worker is online' })
})

test('many that ask for the health at once have the services asked once', async () => {
  const go = Promise.withResolvers<void>()
  let asked = 0
  gateway.services.hooks.before = async (service, field) => {
    if (service !== 'gpus' || field !== 'health') return
    asked += 1
    await go.promise
  }
  const answers = Array.from({ length: 20 }, () => health())
  await vi.waitFor(() => expect(asked).toBe(1))
  setTimeout(go.resolve, 200)
  expect(new Set((await Promise.all(answers)).map(({ status }) => status)).size).toBe(1)
  expect(asked).toBe(1)
  gateway.services.hooks.before = () => {}
})

test('health is 503 without NATS, while queries are answered; live is 200', async () => {
  const lonely = await startTestGateway({ NATS_URL: 'nats://127.0.0.1:9' })
  expect(await health(lonely.url)).toMatchObject({
    status: 503,
    body: { parts: { jobs: 'ok', nats: 'not connected yet' } },
  })
  expect((await lonely.query(await lonely.as('alice'), '{ version }')).body).toEqual({ data: { version: '0.1.0' } })
  expect((await fetch(`${lonely.url}/live`)).status).toBe(200)
  await lonely.stop()
})

test('a gateway is alive at once, and ready when it has reached each service, also if that goes away later', async () => {
  const young = await startTestGateway({ NATS_URL: 'nats://127.0.0.1:9' })
  await young.services.gpus.stop()
  const ask = async (path: string) => (await fetch(`${young.url}${path}`)).status
  expect([await ask('/livez'), await ask('/readyz')]).toEqual([200, 503])
  await young.services.gpus.startAgain()
  await vi.waitFor(async () => expect(await ask('/readyz')).toBe(200), 10_000)
  await young.services.gpus.stop()
  expect([await ask('/livez'), await ask('/readyz'), await ask('/health')]).toEqual([200, 200, 503])
  await young.stop()
})
