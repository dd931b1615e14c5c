import { expect, test } from 'vitest'
import { deviceRequests } from './options.ts'

const byHook = { Driver: 'nvidia', DeviceIDs: ['GPU-a', 'GPU-b'], Capabilities: [['gpu', 'compute', 'utility']] }
const byCdi = { Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=GPU-a', 'nvidia.com/gpu=GPU-b'] }
const device = (name: string) => ({ Source: 'cdi', ID: `nvidia.com/gpu=${name}` })
const nvidia = { nvidia: {} }

test.each([
  ['a daemon that says nothing of either', {}, byHook],
  ['a daemon with NVIDIA’s runtime', { Runtimes: nvidia, CDISpecDirs: ['/etc/cdi'] }, byHook],
  ['a daemon with CDI alone', { Runtimes: { runc: {} }, CDISpecDirs: ['/etc/cdi'] }, byCdi],
  ['a daemon that lists the GPUs', { Runtimes: nvidia, DiscoveredDevices: [device('GPU-a'), device('GPU-b')] }, byCdi],
  ['a daemon that lists one of them', { DiscoveredDevices: [device('GPU-a'), device('0')] }, byHook],
])('%s is asked for GPUs in its own way', (_, info, expected) => {
  expect(deviceRequests(['GPU-a', 'GPU-b'], info)).toEqual([expected])
})

test('a run without a GPU asks for none', () => {
  expect(deviceRequests([], { CDISpecDirs: ['/etc/cdi'] })).toEqual([])
})
