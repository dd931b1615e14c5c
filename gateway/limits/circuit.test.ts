import { expect, test } from 'vitest'
import { createCircuit } from './circuit.ts'

test('it opens after some refusals in a row, for a while, and then after each further one', () => {
  let now = 0
  const circuit = createCircuit({ refusals: 3, restMs: 1_000 }, () => now)
  circuit.refused()
  circuit.refused()
  expect(circuit.isOpen()).toBe(false)
  circuit.refused()
  expect(circuit.isOpen()).toBe(true)
  now = 999
  expect(circuit.isOpen()).toBe(true)
  now = 1_000
  expect(circuit.isOpen()).toBe(false)
  circuit.refused()
  expect(circuit.isOpen()).toBe(true)
})

test('a server that is reached closes it, and refusals are counted anew', () => {
  const circuit = createCircuit({ refusals: 2, restMs: 1_000 }, () => 0)
  circuit.refused()
  circuit.reached()
  circuit.refused()
  expect(circuit.isOpen()).toBe(false)
  circuit.refused()
  circuit.reached()
  expect(circuit.isOpen()).toBe(false)
})
