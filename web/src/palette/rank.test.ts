import { describe, expect, it } from 'vitest'
import { rank, ranked } from './rank.ts'

describe('rank', () => {
  it('puts a beginning before a word within, that before any place, and that before scattered letters', () => {
    const scores = ['train-llama', 'pre train', 'retrain', 't-r-a-i-n'].map((text) => rank(text, 'train') ?? 0)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(new Set(scores.map(Math.round)).size).toBe(4)
  })

  it('wants every word, in any order', () => {
    expect(rank('GPU 3 of host-a', 'host gpu 3')).toBeDefined()
    expect(rank('GPU 3 of host-a', 'gpu 4')).toBeUndefined()
  })

  it('prefers the shorter of two that answer alike', () => {
    expect(rank('jobs', 'jobs')).toBeGreaterThan(rank('jobs of an array', 'jobs') ?? 0)
  })
})

describe('ranked', () => {
  const items = [{ text: 'Usage' }, { text: 'GPUs' }, { text: 'Jobs' }]

  it('leaves all as they were while nothing is typed', () => {
    expect(ranked(items, ' ', 2)).toEqual([{ text: 'Usage' }, { text: 'GPUs' }])
  })

  it('gives those that answer, the best first', () => {
    expect(ranked(items, 'gs', 9).map(({ text }) => text)).toEqual(['GPUs'])
    expect(ranked(items, 'u', 9).map(({ text }) => text)).toEqual(['Usage', 'GPUs'])
  })
})
