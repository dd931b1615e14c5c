import { expect, it } from 'vitest'
import { choicesOf, filterFromAddress, inOrder, isShown } from './fleet-filter.ts'
import { createRing, push } from './ring.ts'
import { gpuCard, heldBy } from './testing.ts'

const NOTHING = { place: undefined, model: undefined, worker: undefined, holder: undefined }

const fleet = [
  gpuCard('a', { worker: { id: 'w10', hostname: 'node-10' } }),
  gpuCard('b', { name: 'NVIDIA H100', inUse: true, currentRun: heldBy('train', 'ada') }),
  gpuCard('c', { state: 'CORDONED', worker: { id: 'w2', hostname: 'node-2' } }),
]

it('shows the GPUs of a place, a model, a worker or a holder', () => {
  const shown = (changes: object) => fleet.filter((gpu) => isShown(gpu, { ...NOTHING, ...changes })).map(({ id }) => id)
  expect(shown({})).toEqual(['a', 'b', 'c'])
  expect(shown({ place: 'out' })).toEqual(['c'])
  expect(shown({ model: 'NVIDIA H100' })).toEqual(['b'])
  expect(shown({ worker: 'w10' })).toEqual(['a'])
  expect(shown({ holder: 'ada' })).toEqual(['b'])
  expect(shown({ holder: 'ada', model: 'NVIDIA A100' })).toEqual([])
})

it('offers what there is, numbers in names in their order', () => {
  expect(choicesOf(fleet)).toMatchObject({
    models: ['NVIDIA A100', 'NVIDIA H100'],
    workers: [{ hostname: 'node-1' }, { hostname: 'node-2' }, { hostname: 'node-10' }],
    holders: ['ada'],
  })
})

it('reads an address, and leaves out what it does not know', () => {
  const address: Record<string, string> = { show: 'busy', model: 'NVIDIA A100', sort: 'power', worker: '' }
  expect(filterFromAddress((name) => address[name])).toEqual({
    ...NOTHING,
    place: 'busy',
    model: 'NVIDIA A100',
    order: 'power',
  })
  expect(filterFromAddress(() => 'nonsense').order).toBe('place')
})

it('sorts by a figure: the idlest first, the hottest first, and the unknown last', () => {
  const ringOf = (value: number | null) => {
    const ring = createRing()
    const sample = {
      powerWatts: null,
      powerLimitWatts: null,
      memoryUsedMb: null,
      smClockMhz: null,
      throttleReasons: [],
    }
    push(ring, { gpuId: 'g', at: '2026-01-01T00:00:00Z', utilisationPercent: value, temperatureC: value, ...sample })
    return ring
  }
  const values = [50, null, 10, 90]
  expect(inOrder(values, 'utilisation', ringOf)).toEqual([10, 50, 90, null])
  expect(inOrder(values, 'temperature', ringOf)).toEqual([90, 50, 10, null])
  expect(inOrder(values, 'place', ringOf)).toBe(values)
})
