// For tests: the rules of FOCUS 1.2 that a file of usage can break, held against each row, in the order of the
// specification's columns. https://focus.finops.org/focus-specification/v1-2/

import { ALLOWED, ofType, SPECIFIED } from './testing-focus-columns.ts'

export type FocusRow = Readonly<Record<string, string | null>>

/** Columns that are there for nothing without another. */
const TOGETHER: readonly [string, string][] = [
  ['ConsumedQuantity', 'ConsumedUnit'],
  ['PricingQuantity', 'PricingUnit'],
  ['ResourceId', 'ResourceType'],
  ['SkuPriceId', 'SkuId'],
  ['SkuMeter', 'SkuId'],
]
/** Of these the one has one and only one of the other. */
const HAS_ONE: readonly [string, string][] = [
  ['SkuPriceId', 'SkuId'],
  ['ServiceName', 'ServiceCategory'],
  ['ServiceName', 'ServiceSubcategory'],
]

/** What is against the rules, in sentences; none where the file is as it should be. */
export function breachesOf(rows: readonly FocusRow[]): string[] {
  const [first] = rows
  // Columns are seen in rows.
  if (!first) return []
  const ofRows = rows.flatMap((row, i) => RULES.flatMap((rule) => rule(row)).map((breach) => `row ${i + 1}: ${breach}`))
  return [...presence(Object.keys(first)), ...ofRows, ...parents(rows)]
}

/** Mandatory columns are there, and what FOCUS does not know is named `x_…` and comes last. */
function presence(names: readonly string[]): string[] {
  const needed = Object.keys(SPECIFIED).filter((name) => /Mandatory|applies/.test(SPECIFIED[name]?.level ?? ''))
  const firstCustom = names.findIndex((name) => name.startsWith('x_'))
  const late = names.slice(firstCustom).filter((name) => firstCustom !== -1 && !name.startsWith('x_'))
  return [
    ...needed.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
    ...names
      .filter((name) => !(name in SPECIFIED) && !/^x_[A-Z][A-Za-z]{1,47}$/.test(name))
      .map((name) => `${name} is no name of a column`),
    ...late.map((name) => `${name} comes after custom columns`),
  ]
}

function parents(rows: readonly FocusRow[]): string[] {
  return HAS_ONE.flatMap(([child, parent]) =>
    [...Map.groupBy(rows, (row) => row[child])]
      .filter(([value, some]) => value != null && new Set(some.map((row) => row[parent])).size > 1)
      .map(([value]) => `the ${child} ${value} has more than one ${parent}`),
  )
}

const RULES: readonly ((row: FocusRow) => string[])[] = [
  nullability,
  numericFormat,
  instantFormat,
  allowedValues,
  currencyFormat,
  resourcesAndSkus,
  texts,
  periods,
  products,
]

function nullability(row: FocusRow): string[] {
  const never = row.ChargeClass === 'Correction' ? ['never'] : ['never', 'unless a correction']
  const isNeeded = (name: string) => name in row && never.includes(SPECIFIED[name]?.isNull ?? '')
  return [
    ...Object.keys(SPECIFIED)
      .filter((name) => isNeeded(name) && row[name] == null)
      .map((name) => `${name} is null`),
    ...TOGETHER.filter(([one, other]) => (row[one] == null) !== (row[other] == null)).map(
      ([one, other]) => `${one} and ${other} do not go together`,
    ),
  ]
}

/** No separators of thousands, no signs of currency, no plus. */
function numericFormat(row: FocusRow): string[] {
  const isNumber = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?(E-?\d+)?$/.test(text)
  return [
    ...ofType('Decimal')
      .filter((name) => row[name] != null && !isNumber(row[name]))
      .map((name) => `${name} is ${row[name]}`),
    ...['ListUnitPrice', 'ContractedUnitPrice']
      .filter((name) => Number(row[name]) < 0)
      .map((name) => `${name} is negative`),
    ...(row.ChargeClass !== 'Correction' && Number(row.ConsumedQuantity) <= 0
      ? ['ConsumedQuantity is not positive']
      : []),
  ]
}

function instantFormat(row: FocusRow): string[] {
  return ofType('Date/Time')
    .filter((name) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(row[name] ?? ''))
    .map((name) => `${name} is ${row[name]}`)
}

function allowedValues(row: FocusRow): string[] {
  return Object.entries(ALLOWED)
    .filter(([name, values]) => row[name] != null && !values.includes(row[name]))
    .map(([name]) => `${name} is ${row[name]}`)
}

/** ISO 4217's; its code for no currency only where nothing is charged and there is no price. */
function currencyFormat({ BillingCurrency: currency, BilledCost: cost, ListUnitPrice: price }: FocusRow): string[] {
  if (currency === 'XXX') return Number(cost) === 0 && Number(price) === 0 ? [] : ['money of no currency is charged']
  return Intl.supportedValuesOf('currency').includes(currency ?? '') ? [] : [`BillingCurrency is ${currency}`]
}

/** A resource has a name that is not its id, or none; the details of a price are an object of plain values. */
function resourcesAndSkus(row: FocusRow): string[] {
  const { ResourceId: id, ResourceName: name, SkuPriceId: price, SkuPriceDetails: details } = row
  return [
    ...(id == null && name != null ? ['ResourceName is of no resource'] : []),
    ...(name != null && name === id ? ['ResourceName is the ResourceId'] : []),
    ...(price == null && details != null ? ['SkuPriceDetails is of no SkuPriceId'] : []),
    ...(details != null && !isKeyValue(details) ? [`SkuPriceDetails is ${details}`] : []),
  ]
}

/** Keys that FOCUS has defined, or of our own and named `x_…`. */
function isKeyValue(text: string): boolean {
  try {
    const entries = Object.entries(JSON.parse(text) ?? {})
    const isPlain = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value)
    return entries.every(([key, value]) => isPlain(value) && /^(x_[A-Z]\w*|CoreCount|GpuCount|InstanceType)$/.test(key))
  } catch {
    return false
  }
}

/** A text that says nothing is null. */
function texts(row: FocusRow): string[] {
  return Object.entries(row)
    .filter(([, value]) => value !== null && value.trim() === '')
    .map(([name]) => `${name} is empty`)
}

function periods(row: FocusRow): string[] {
  const at = (name: string) => row[name] ?? ''
  const isCorrection = row.ChargeClass === 'Correction'
  const breaches: string[] = []
  if (at('ChargePeriodStart') >= at('ChargePeriodEnd')) breaches.push('the charge period has no length')
  if (at('BillingPeriodStart') >= at('BillingPeriodEnd')) breaches.push('the billing period has no length')
  const isWithin =
    at('ChargePeriodStart') >= at('BillingPeriodStart') && at('ChargePeriodEnd') <= at('BillingPeriodEnd')
  if (!isCorrection && !isWithin) breaches.push('the charge period is not within the billing period')
  // It corrects what was invoiced before.
  if (isCorrection && at('ChargePeriodEnd') > at('BillingPeriodStart')) breaches.push('a correction of its own period')
  return breaches
}

/** A price times a quantity is the cost, but in corrections; quantities have twelve places. */
function products(row: FocusRow): string[] {
  if (row.ChargeClass === 'Correction') return []
  const differs = (price: string, cost: string) =>
    Math.abs(Number(row[price]) * Number(row.PricingQuantity) - Number(row[cost])) > 1e-8
  return [
    ...(differs('ListUnitPrice', 'ListCost') ? ['ListCost is not the product'] : []),
    ...(differs('ContractedUnitPrice', 'ContractedCost') ? ['ContractedCost is not the product'] : []),
  ]
}
