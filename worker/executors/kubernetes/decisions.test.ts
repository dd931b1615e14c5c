import { expect, test } from 'vitest'
import { settingsOf } from './config.ts'
import { graceSecondsOf } from './follow.ts'
import { readNodes } from './gpus.ts'
import { compareTimes, createLogLines } from './log-lines.ts'

const read = (lines: ReturnType<typeof createLogLines>, text: string) => lines.take(Buffer.from(text)).map(String)

test('a log that is read again gives only what is new, also where many lines have one time', () => {
  const lines = createLogLines()
  lines.begin()
  expect(lines.since()).toBeUndefined()
  expect(read(lines, '2026-01-02T03:04:05.1Z a\n2026-01-02T03:04:05.2Z b\n2026-01-02T03:04:05.2Z c\n2026')).toEqual([
    'a\n',
    'b\n',
    'c\n',
  ])
  expect(lines.end(false)).toEqual([])
  expect(lines.since()).toBe('2026-01-02T03:04:05Z')
  lines.begin()
  const again = '2026-01-02T03:04:05.1Z a\n2026-01-02T03:04:05.2Z b\n2026-01-02T03:04:05.2Z c\n'
  expect(read(lines, `${again}2026-01-02T03:04:05.2Z d\n2026-01-02T03:04:06Z e`)).toEqual(['d\n'])
  expect(lines.end(true).map(String)).toEqual(['e'])
})

test('times are compared by what they say and not by how they are written', () => {
  expect(compareTimes('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000000001Z')).toBe(-1)
  expect(compareTimes('2026-01-02T03:04:05.12Z', '2026-01-02T03:04:05.120Z')).toBe(0)
  expect(compareTimes('2026-01-02T03:04:06Z', '2026-01-02T03:04:05.999Z')).toBe(1)
})

test('a grace leaves the way to the node out of what is left, and is never none', () => {
  expect(graceSecondsOf(10_000, 60_000)).toBe(10)
  expect(graceSecondsOf(10_000, 8_500)).toBe(6)
  expect(graceSecondsOf(0, 500)).toBe(1)
})

test('the GPUs of the nodes stand for places, and those of a node that takes no runs stay known', () => {
  const node = (name: string, ready: string, labels = {}) => ({
    metadata: { name, uid: `uid-of-${name}`, labels },
    status: { allocatable: { 'nvidia.com/gpu': '2' }, conditions: [{ type: 'Ready', status: ready }] },
  })
  const labels = { 'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3', 'nvidia.com/gpu.memory': '81559' }
  const nodes = [node('b', 'False'), node('a', 'True', labels), { metadata: { name: 'without' } }]
  const { gpus, places, notice } = readNodes(nodes, 'nvidia.com/gpu')
  expect(gpus.map(({ name, index, totalMemoryMb }) => [name, index, totalMemoryMb])).toEqual([
    ['NVIDIA-H100-80GB-HBM3', 0, 81_559],
    ['NVIDIA-H100-80GB-HBM3', 1, 81_559],
    ['GPU', 0, 1],
    ['GPU', 1, 1],
  ])
  expect(new Set(gpus.map(({ uuid }) => uuid)).size).toBe(4)
  expect([...places.values()]).toEqual(['a', 'a'])
  expect(notice).toBe('Nobody has labelled what GPUs are in b.')
  expect(readNodes(nodes, 'nvidia.com/gpu').gpus).toEqual(gpus)
})

test('without a way to the cluster a worker says so', () => {
  const config = {
    KUBERNETES_NAMESPACE: 'jobs',
    KUBERNETES_ACCOUNT: '/account',
    KUBERNETES_PULL_SECRETS: [],
    KUBERNETES_NODE_SELECTOR: {},
    KUBERNETES_TOLERATIONS: [],
    KUBERNETES_GPU_RESOURCE: 'nvidia.com/gpu',
    KUBERNETES_START_SECONDS: 600,
    KUBERNETES_KEEPER_SECONDS: 300,
  }
  expect(() => settingsOf(config, 'home')).toThrow('KUBECONFIG is missing')
  const inPod = { ...config, KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: 443 }
  expect(settingsOf(inPod, 'home').access).toEqual({ server: 'https://10.0.0.1:443', account: '/account' })
})
