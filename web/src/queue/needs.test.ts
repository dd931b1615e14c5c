import { expect, it } from 'vitest'
import { gpusAsked, needsOf, sayNeed } from './needs.ts'

const job = (gpus: object = {}, others: object = {}) => ({
  gpus: { count: 1, model: null, minMemoryMb: null, minComputeCapability: null, ...gpus },
  workerLabels: {},
  container: null,
  ...others,
})

it('says what a job needs of a machine', () => {
  expect(sayNeed(job())).toBe('Any GPU')
  expect(sayNeed(job({ model: 'A100', minMemoryMb: 40_960, minComputeCapability: '8.0' }))).toBe(
    'A100 · from 40 GB · capability 8.0',
  )
  expect(sayNeed(job({ count: 0 }, { workerLabels: { zone: 'b', rack: '7' } }))).toBe('No GPU · rack=7 · zone=b')
  expect(sayNeed(job({}, { container: { image: 'busybox' } }))).toBe('Any GPU · container')
})

it('puts those together that need the same, however many of it', () => {
  const jobs = [job({ model: 'H100' }), job(), job({ model: 'H100', count: 8 })]
  expect(needsOf(jobs)).toEqual(['H100', 'Any GPU'])
  expect(gpusAsked(jobs)).toBe(10)
})
