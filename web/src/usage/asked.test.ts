import { describe, expect, it } from 'vitest'
import { DIMENSIONS, drillInto, readAddress, toFilter } from './asked.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const read = (address: Parameters<typeof readAddress>[0]) => readAddress(address, DIMENSIONS, NOW)

it('asks for the last 30 days by account where the address says nothing, or nothing that can be read', () => {
  const usual = read({})
  expect(usual).toMatchObject({ preset: 'month', grain: 'DAY', by: 'ACCOUNT', measure: 'time', filter: {} })
  expect(read({ range: 'ever', by: 'colour', grain: 'x', measure: '', from: 'x', to: 'y', user: '' })).toEqual(usual)
})

it('days win over a preset, and a grain that would make too many parts is not taken', () => {
  const asked = read({ range: 'week', from: '2026-01-01', to: '2026-10-31', grain: 'hour' })
  expect([asked.preset, asked.grain]).toEqual([undefined, 'MONTH'])
  expect(read({ range: 'week', grain: 'hour' }).grain).toBe('HOUR')
})

describe('a name leads to what is its alone', () => {
  it('told apart by what comes next', () => {
    expect(drillInto(read({}), 'vision', DIMENSIONS)).toEqual({ account: 'vision', by: 'user' })
    const within = read({ account: 'vision', by: 'user' })
    expect(drillInto(within, 'mira', DIMENSIONS)).toEqual({ user: 'mira', by: 'model' })
    const ofModel = read({ account: 'vision', user: 'mira', by: 'model' })
    expect(drillInto(ofModel, 'A100', DIMENSIONS)).toEqual({ model: 'A100', by: 'outcome' })
  })

  it('by what tells anything apart for who asks', () => {
    const own = readAddress({ by: 'account' }, ['MODEL', 'OUTCOME'], NOW)
    expect(own.by).toBe('MODEL')
    expect(drillInto(own, 'A100', ['MODEL', 'OUTCOME'])).toEqual({ model: 'A100', by: 'outcome' })
  })

  it('but not where there is no name, nor filter', () => {
    expect(drillInto(read({ by: 'model' }), '', DIMENSIONS)).toBeUndefined()
    expect(drillInto(read({ by: 'outcome' }), 'FAILED', DIMENSIONS)).toBeUndefined()
  })
})

it('filters become the graph’s', () => {
  expect(toFilter({ account: 'a', model: 'A100' })).toEqual({ account: 'a', user: null, models: ['A100'] })
})
