import { expect, test } from 'vitest'
import { stepsFrom } from './steps.ts'

test.each(['ASC', 'DESC'] as const)(
  '%s: the steps are all of time behind the start, each once and in order',
  (direction) => {
    const steps = stepsFrom(1_000_000_000, direction)
    const edges = steps.map(({ from, to }) => (direction === 'ASC' ? [from, to] : [to, from]))
    expect(edges[0]?.[0]).toBeNull()
    expect(edges.at(-1)?.[1]).toBeNull()
    for (const [i, [near]] of edges.entries()) if (i > 0) expect(near).toBe(edges[i - 1]?.[1])
    const lengths = edges.slice(1, -1).map(([near, far]) => Math.abs((far ?? 0) - (near ?? 0)))
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
  },
)
