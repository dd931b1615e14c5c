import { expect, it } from 'vitest'
import { figuresOf } from './figures.ts'

const NOTHING = {
  meanUtilisationPercent: null,
  maxUtilisationPercent: null,
  peakMemoryMb: null,
  meanPowerWatts: null,
  maxPowerWatts: null,
  energyJoules: null,
  maxTemperatureC: null,
  throttledSeconds: null,
  throttleReasons: null,
  idleSeconds: null,
  xids: null,
}

it('says what is known, with the peak beside the mean', () => {
  const figures = figuresOf({
    ...NOTHING,
    meanUtilisationPercent: 62.6,
    maxUtilisationPercent: 98,
    energyJoules: 12_500,
  })
  expect(figures).toEqual([
    { label: 'Utilisation', value: '63 %', more: 'peak 98 %' },
    { label: 'Energy', value: '12.5 kJ', more: undefined },
  ])
})

it('says nothing of throttling, idling and XIDs where there were none', () => {
  expect(figuresOf({ ...NOTHING, throttledSeconds: 0, throttleReasons: [], idleSeconds: 0, xids: [] })).toEqual([])
})

it('says for how long the GPUs were held back and by what, how long they did nothing, and their XIDs', () => {
  const figures = figuresOf({
    ...NOTHING,
    throttledSeconds: 75,
    throttleReasons: ['POWER_CAP', 'HW_THERMAL'],
    idleSeconds: 600,
    xids: [79, 31],
  })
  expect(figures.map((figure) => [figure.label, figure.value, figure.more])).toEqual([
    ['Slowed down', '1 min 15 s', 'at its power limit, too hot'],
    ['Idle', '10 min 00 s', undefined],
    ['XIDs', '79, 31', undefined],
  ])
})
