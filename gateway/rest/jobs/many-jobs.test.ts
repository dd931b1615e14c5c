import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

const ABSENT = '0199a1b2-0000-7000-8000-0000000000ff'
const post = (path: string, ids: readonly unknown[], headers: Record<string, string> = {}) =>
  bridge.call(path, { method: 'POST', json: { ids }, headers })

describe('POST /jobs/cancel', () => {
  test('cancels what is there, and names what is not', async () => {
    const ids = [bridge.world.addJob().id, ABSENT, bridge.world.addJob().id]
    const { status, json } = await post('/jobs/cancel', ids)
    expect(status).toBe(200)
    expect(json.jobs.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      [ids[0], 'cancelled'],
      [ids[2], 'cancelled'],
    ])
    expect(json.errors).toEqual([{ path: 'ids.1', message: `There is no job ${ABSENT}.` }])
  })
})

describe('POST /jobs/rerun', () => {
  test('answers the new jobs in the order of the ids, and the same ones where the key is given again', async () => {
    const ids = ['b', 'a'].map((name) => bridge.world.addJob({ name }).id)
    const first = await post('/jobs/rerun', ids, { 'idempotency-key': 'once' })
    expect(first.status).toBe(201)
    expect(first.json.jobs.map(({ name }: { name: string }) => name)).toEqual(['b again', 'a again'])
    const second = await post('/jobs/rerun', ids, { 'idempotency-key': 'once' })
    expect([second.status, second.headers.get('idempotency-replayed'), second.json]).toEqual([200, 'true', first.json])
    expect(bridge.world.jobs).toHaveLength(4)
  })

  test('stores nothing where one of them is not there, and says which', async () => {
    const { status, json } = await post('/jobs/rerun', [bridge.world.addJob().id, ABSENT])
    expect([status, json.errors]).toEqual([422, [{ path: 'ids.1', message: `There is no job ${ABSENT}.` }]])
    expect(bridge.world.jobs).toHaveLength(1)
  })
})

test.for(['/jobs/cancel', '/jobs/rerun'])('POST %s is of one to a thousand ids', async (path) => {
  const wrong = [[], Array.from({ length: 1_001 }, () => ABSENT), ['first'], [1]]
  for (const ids of wrong) expect((await post(path, ids)).status, JSON.stringify(ids).slice(0, 50)).toBe(400)
  expect(bridge.world.asked).toEqual([])
})
