import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

describe('what was used', () => {
  test("GET /usage/accounts/{id} has the account's sum and its rows", async () => {
    const { json } = await bridge.call('/usage/accounts/team-a?from=2026-01-01T01:00:00%2B01:00')
    expect(json).toMatchObject({
      account: 'team-a',
      gpu_seconds: 3.25,
      runs: 1,
      from: '2026-01-01T00:00:00.000Z',
      to: null,
    })
    expect(bridge.world.asked[0]?.args).toMatchObject({
      range: { from: '2026-01-01T00:00:00.000Z', to: null },
      filter: { account: 'team-a' },
    })
  })

  test('GET /usage/leaderboard goes by accounts unless asked otherwise', async () => {
    expect((await bridge.call('/usage/leaderboard')).json).toMatchObject({
      by: 'account',
      entries: [{ rank: 1, key: 'team-a' }],
    })
    await bridge.call('/usage/leaderboard?by=model&limit=3')
    expect(bridge.world.asked.map(({ args }) => args)).toMatchObject([
      { by: 'ACCOUNT', first: 10 },
      { by: 'MODEL', first: 3 },
    ])
  })
})
