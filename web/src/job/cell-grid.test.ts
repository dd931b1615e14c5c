import { describe, expect, it } from 'vitest'
import { cellAt, countStates, gridFor } from './cell-grid.ts'

describe('gridFor', () => {
  it('has large cells for few and small ones for many, and never more height than there is', () => {
    expect(gridFor(10, 320, 160)).toEqual({ columns: 10, rows: 1, pitch: 16, gap: 2 })
    expect(gridFor(1_000, 320, 160)).toMatchObject({ pitch: 6, columns: 53, rows: 19 })
    const many = gridFor(5_000, 320, 160)
    expect(many.rows * many.pitch).toBeLessThanOrEqual(160)
  })

  it('grows downwards where there are too many for any size', () => {
    expect(gridFor(10_000, 320, 160)).toEqual({ columns: 106, rows: 95, pitch: 3, gap: 1 })
  })
})

it('finds the cell under a point, and none beside them', () => {
  const grid = gridFor(25, 100, 160)
  expect(grid.columns).toBe(6)
  expect(cellAt(grid, 25, 17, 17)).toBe(7)
  expect(cellAt(grid, 25, 97, 1)).toBeUndefined()
  expect(cellAt(grid, 25, 40, 65)).toBeUndefined()
})

it('counts what is known, in the order that was asked for', () => {
  const cells = [{ state: 'A' }, undefined, { state: 'B' }, { state: 'A' }]
  expect(countStates(cells, ['B', 'C', 'A'])).toEqual([
    { state: 'B', count: 1 },
    { state: 'A', count: 2 },
  ])
})
