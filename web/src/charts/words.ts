import { plural } from '../shared/language.ts'
import type { RangeName } from './range.ts'

// What charts of GPUs say.
export const words = {
  title: 'Telemetry',
  metrics: {
    utilisation: 'Utilisation',
    memory: 'Memory',
    power: 'Power',
    temperature: 'Temperature',
  },
  now: 'now',
  last: 'last',
  mean: 'mean',
  highest: 'highest',
  nothing: 'nothing was measured',
  throttled: 'Slowed down',
  band: { low: 'Lowest', mean: 'Mean', high: 'Highest' },
  range: 'Time',
  ranges: { hour: 'Last hour', day: 'Last day', week: 'Last week' } satisfies Record<RangeName, string>,
  ofRun: (gpus: number) => plural(gpus, { one: 'What its GPU did', other: `What its ${gpus} GPUs did` }),
  gpu: (index: number) => `GPU ${index}`,
  notYet: 'The first measurement comes in a moment.',
  notKept: 'Nothing was measured, or it is kept no longer.',
} as const
