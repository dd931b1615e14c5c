import { describe, expect, it } from 'vitest'
import { cellAt, cellBeside, layOut } from './heatmap-layout.ts'

const slice = { parentUuid: 'p', gpuInstance: 1, computeInstance: 0 }

function fleet(...sizes: number[]) {
  return sizes.flatMap((size, worker) =>
    Array.from({ length: size }, (_, i) => ({
      id: `${worker}-${i}`,
      mig: null,
      worker: { id: `w${worker}`, hostname: `node-${worker}` },
    })),
  )
}

describe('the heatmap', () => {
  it('puts workers beside each other while there is room, and then below', () => {
    const layout = layOut(fleet(4, 4, 4), 320)
    expect(layout.labels.map(({ text, x }) => [text, x])).toEqual([
      ['node-0', 0],
      ['node-1', 145],
      ['node-2', 0],
    ])
    expect(layout.cells).toHaveLength(12)
    expect(layout.height).toBe(2 * (18 + 30) + 16)
  })

  it('is never wider than it may be', () => {
    for (const width of [60, 326, 1200]) {
      const { cells } = layOut(fleet(64, 8, 1, 3), width)
      expect(Math.max(...cells.map((cell) => cell.x + cell.width))).toBeLessThanOrEqual(width)
    }
  })

  it('makes a slice half as wide as a GPU', () => {
    const [gpu] = fleet(1)
    const both = gpu ? [gpu, { ...gpu, id: 's', mig: slice }] : []
    const { cells } = layOut(both, 300)
    expect(cells.map(({ width }) => width)).toEqual([30, 13])
  })

  it('knows the cell under a point', () => {
    const layout = layOut(fleet(2), 300)
    expect(cellAt(layout, 5, 20)?.index).toBe(0)
    expect(cellAt(layout, 34, 47)?.index).toBe(1)
    expect(cellAt(layout, 200, 20)).toBeUndefined()
    expect(cellAt(layout, 5, 5)).toBeUndefined()
  })
})

describe('keys', () => {
  const layout = layOut(fleet(20, 2), 600)
  const from = (index: number | undefined, step: Parameters<typeof cellBeside>[2]) =>
    cellBeside(layout, index, step)?.index

  it('lead from cell to cell, on into the next worker, and not beyond the ends', () => {
    expect(from(undefined, 'right')).toBe(0)
    expect([from(0, 'right'), from(19, 'right'), from(21, 'right')]).toEqual([1, 20, 21])
    expect([from(1, 'left'), from(0, 'left')]).toEqual([0, 0])
    expect([from(7, 'first'), from(7, 'last')]).toEqual([0, 21])
  })

  it('lead up and down by rows', () => {
    expect([from(2, 'down'), from(18, 'up'), from(2, 'up')]).toEqual([18, 2, 2])
  })
})
