import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bridge, startBridge } from '../testing/bridge.ts'
import { GPU } from '../testing/gpus.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
beforeEach(() => bridge.newWorld())
afterAll(() => bridge.close())

const SHOWN = {
  id: GPU.id,
  uuid: GPU.uuid,
  name: 'Simulated A100',
  index: 0,
  total_mem_mb: 81_920,
  compute_capability: '8.0',
  driver_version: null,
  cuda_version: '13.0',
  pci_bus_id: '00000000:65:00.0',
  simulated: true,
  state: 'unhealthy',
  state_reason: 'It does not answer.',
  health: 'failed',
  cordon: null,
  mig: { parent_uuid: 'GPU-p', gpu_instance: 1, compute_instance: 0 },
  nvlink_peers: [{ uuid: 'GPU-q', links: 4 }],
  labels: { rack: 'a1' },
  faults: [
    {
      id: '0199a1b2-0000-7000-8000-00000000000f',
      kind: 'remap_pending',
      xid: null,
      severity: 'drain',
      message: 'A row is to be remapped.',
      first_at: '2026-01-31T12:00:00.000Z',
      last_at: '2026-01-31T12:00:01.000Z',
      count: 2,
      run_id: '0199a1b2-0000-7000-8000-0000000000b1',
    },
  ],
  worker: { id: 'worker-1', hostname: 'node-1', state: 'online' },
  current_run: null,
  last_sample: {
    at: '2026-01-31T12:00:00.000Z',
    utilisation_percent: 1,
    memory_utilisation_percent: 2,
    memory_used_mb: 3,
    power_watts: 4,
    power_limit_watts: 5,
    temperature_c: 6,
    memory_temperature_c: 7,
    sm_clock_mhz: 8,
    memory_clock_mhz: 9,
    fan_percent: null,
    energy_joules: 11,
    throttle_reasons: ['hw_thermal'],
  },
}

describe('a GPU', () => {
  test('has the documented names, by itself and in a list', async () => {
    expect((await bridge.call(`/gpus/${GPU.id}`)).json).toEqual(SHOWN)
    expect((await bridge.call('/gpus')).json).toEqual({ gpus: [SHOWN], next_cursor: null })
  })

  test('comes by the filters of the list', async () => {
    await bridge.call('/gpus?simulated=true&worker=worker-1&health=suspect,failed&name=a100&limit=7&cursor=c')
    expect(bridge.world.asked[0]?.args).toEqual({
      filter: { name: 'a100', workerId: 'worker-1', simulated: true, health: ['SUSPECT', 'FAILED'] },
      first: 7,
      after: 'c',
    })
  })

  test.each([
    ['cordon', 'cordon'],
    ['drain', 'drain'],
  ])('takes the word %s with its reason', async (word, mode) => {
    const answer = await bridge.call(`/gpus/${GPU.id}/${word}`, { method: 'POST', json: { reason: 'Loud.' } })
    expect([answer.status, answer.json]).toEqual([
      200,
      { ...SHOWN, cordon: { mode, reason: 'Loud.', by: 'otto', at: '2026-01-31T12:00:00.000Z' } },
    ])
    expect(bridge.world.asked[0]).toEqual({ field: `${word}Gpu`, args: { id: GPU.id, reason: 'Loud.' } })
  })

  test('is returned to service', async () => {
    const answer = await bridge.call(`/gpus/${GPU.id}/return`, { method: 'POST' })
    expect([answer.status, answer.json]).toEqual([200, SHOWN])
    expect(bridge.world.asked[0]).toEqual({ field: 'returnGpu', args: { id: GPU.id } })
  })
})
