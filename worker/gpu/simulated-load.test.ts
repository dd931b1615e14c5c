import { expect, test } from 'vitest'
import { loadAt, loadPlan } from './simulated-load.ts'

const load = (text: string | undefined, seconds: number) =>
  loadAt(loadPlan(text === undefined ? {} : { SIMULATED_GPU_LOAD: text }), seconds)

test('a run that says nothing keeps its GPUs busy', () => {
  expect(load(undefined, 0)).toBe(94)
  expect(load(undefined, 10 ** 9)).toBe(94)
})

test('a number is the load of all of its life', () => {
  expect(load('0', 5)).toBe(0)
  expect(load(' 37.5 ', 10 ** 6)).toBe(37.5)
})

test('phases hold from their first second to before their last, and between them it does nothing', () => {
  const phases = '0-30:95,30-60:20,90-100:100'
  expect([0, 29.9, 30, 59, 60, 89, 90, 100].map((second) => load(phases, second))).toEqual([
    95, 95, 20, 20, 0, 0, 100, 0,
  ])
})

test.each(['', '101', '-1', 'busy', '30-0:50', '0-30', '0-30:101', '0-30:50,', '1e2', 'NaN', '0-1:1,'.repeat(65)])(
  'nonsense such as %j counts as not said',
  (text) => expect(load(text, 1)).toBe(94),
)

test('a long list is no plan, whatever is in it', () => {
  expect(load(Array.from({ length: 65 }, (_, second) => `${second}-${second + 1}:5`).join(','), 1)).toBe(94)
  expect(load('0-1:5,'.repeat(2_000), 1)).toBe(94)
})

test('memory is a number of megabytes', () => {
  expect(loadPlan({ SIMULATED_GPU_MEMORY_MB: '2048' }).memoryMb).toBe(2_048)
  expect(loadPlan({ SIMULATED_GPU_MEMORY_MB: 'much' }).memoryMb).toBeNull()
  expect(loadPlan({}).memoryMb).toBeNull()
})
