// What the address asks the page for. Everything that is chosen lives there, so that a link shows the same.
import type { UsageDimension, UsageFilter, UsageGrain } from '../generated/documents.ts'
import { MEASURES, type Measure } from './measures.ts'
import { datedStretch, grainsOf, PRESETS, type Preset, presetStretch, type Stretch } from './range.ts'

/** What can be told apart, the widest first: from each the way leads to the next. */
export const DIMENSIONS = ['ACCOUNT', 'USER', 'MODEL', 'OUTCOME'] as const satisfies UsageDimension[]
export type Dimension = (typeof DIMENSIONS)[number]

/** What can be filtered by; names of the address's parameters too. */
export const FILTERS = ['account', 'user', 'model'] as const
export type Filter = (typeof FILTERS)[number]

export type Address = Readonly<
  Partial<Record<Filter | 'range' | 'from' | 'to' | 'by' | 'grain' | 'measure', string | undefined>>
>

export interface Asked {
  /** Undefined where days were chosen. */
  preset: Preset | undefined
  stretch: Stretch
  grain: UsageGrain
  by: Dimension
  measure: Measure
  filter: Readonly<Partial<Record<Filter, string>>>
}

const USUAL_RANGE: Preset = 'month'

/** `offered` are the dimensions that tell anything apart for who asks. What the address says wrong is not said. */
export function readAddress(address: Address, offered: readonly Dimension[], now: number): Asked {
  const dated = datedStretch(address.from, address.to)
  const preset = dated ? undefined : (PRESETS.find((each) => each === address.range) ?? USUAL_RANGE)
  const stretch = dated ?? presetStretch(preset ?? USUAL_RANGE, now)
  const grains = grainsOf(stretch)
  const filter: Asked['filter'] = Object.fromEntries(
    FILTERS.flatMap((name) => (address[name] ? [[name, address[name]]] : [])),
  )
  return {
    preset,
    stretch,
    grain: grains.offered.find((each) => each.toLowerCase() === address.grain) ?? grains.usual,
    by: offered.find((each) => each.toLowerCase() === address.by) ?? firstApart(filter, offered),
    measure: MEASURES.find((each) => each === address.measure) ?? 'time',
    filter,
  }
}

/** The address, changed so that only what is `key` by the dimension counts; undefined where that cannot be filtered by. */
export function drillInto(asked: Asked, key: string, offered: readonly Dimension[]): Address | undefined {
  const name = FILTERS.find((each) => each.toUpperCase() === asked.by)
  if (!name || key === '') return undefined
  return { [name]: key, by: firstApart({ ...asked.filter, [name]: key }, offered).toLowerCase() }
}

/** The filter as the graph takes it. */
export function toFilter({ account, user, model }: Asked['filter']): UsageFilter {
  return { account: account ?? null, user: user ?? null, models: model === undefined ? null : [model] }
}

/** The first dimension that is not filtered by. */
function firstApart(filter: Asked['filter'], offered: readonly Dimension[]): Dimension {
  const isFiltered = (dimension: Dimension) => FILTERS.some((name) => name.toUpperCase() === dimension && filter[name])
  return offered.find((dimension) => !isFiltered(dimension)) ?? 'OUTCOME'
}
