import { expect, test } from 'vitest'
import { AT_REST, advance, simulatedGpus } from './simulated.ts'

test('load follows the run, power follows load, and heat follows power', async () => {
  let now = 0
  const gpus = simulatedGpus(
    'worker-1',
    2,
    null,
    () => 0.5,
    () => now,
  )
  const [first, second] = await gpus.list()
  const busy = new Set([first?.uuid ?? ''])
  const before = await gpus.sample(busy)
  expect(before.map(({ utilisationPercent }) => utilisationPercent)).toEqual([0, 0])
  const after = async (seconds: number, held: ReadonlySet<string>) => {
    for (const end = now + seconds * 1_000; now < end; ) {
      now += 1_000
      await gpus.sample(held)
    }
    return gpus.sample(held)
  }
  const [loaded, idle] = await after(30, busy)
  expect(loaded).toMatchObject({ uuid: first?.uuid, utilisationPercent: 94, smClockMhz: 1_410 })
  expect(loaded?.powerWatts).toBeCloseTo(385, 0)
  expect(loaded?.temperatureC).toBeGreaterThan(50)
  expect(idle).toMatchObject({ uuid: second?.uuid, utilisationPercent: 0, powerWatts: 52, temperatureC: 30 })
  const [rested] = await after(60, new Set())
  expect(rested).toMatchObject({ utilisationPercent: 0, memoryUsedMb: 425 })
  expect(rested?.energyJoules).toBeGreaterThan(loaded?.energyJoules ?? 0)
})

test('energy is power over time', () => {
  const idle = advance(AT_REST, false, 10)
  expect(idle.energyJoules).toBeCloseTo(520)
  let state = AT_REST
  for (let second = 0; second < 100; second++) state = advance(state, true, 1)
  expect(state.energyJoules).toBeGreaterThan(36_000)
  expect(state.energyJoules).toBeLessThan(38_500)
})

test('its GPUs are the same at each start, and others on another worker', async () => {
  const uuids = async (worker: string) => (await simulatedGpus(worker, 3, null).list()).map(({ uuid }) => uuid)
  expect(await uuids('a')).toEqual(await uuids('a'))
  expect(new Set([...(await uuids('a')), ...(await uuids('b'))]).size).toBe(6)
  expect((await uuids('a'))[0]).toMatch(/^SIM-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
})
