// For tests: the rules of FOCUS 1.2 that a file of usage can break, held against each row, in the order of the
// specification's columns. https://focus.finops.org/focus-specification/v1-2/

export type FocusRow = Readonly<Record<string, string | null>>

const MANDATORY = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
]
/** Of those, the only one that may be null here: usage has a quantity, a unit and a description. */
const MAY_BE_NULL = new Set(['ChargeClass'])
const DECIMAL = [
  'BilledCost',
  'ConsumedQuantity',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'ListCost',
  'ListUnitPrice',
  'PricingQuantity',
]
const INSTANT = ['BillingPeriodEnd', 'BillingPeriodStart', 'ChargePeriodEnd', 'ChargePeriodStart']
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ChargeCategory: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'],
  ChargeClass: ['Correction'],
  ChargeFrequency: ['One-Time', 'Recurring', 'Usage-Based'],
  PricingCategory: ['Standard', 'Dynamic', 'Committed', 'Other'],
  ServiceCategory: [
    'AI and Machine Learning',
    'Analytics',
    'Business Applications',
    'Compute',
    'Databases',
    'Developer Tools',
    'Multicloud',
    'Identity',
    'Integration',
    'Internet of Things',
    'Management and Governance',
    'Media',
    'Migration',
    'Mobile',
    'Networking',
    'Security',
    'Storage',
    'Web',
    'Other',
  ],
  ServiceSubcategory: [
    'Containers',
    'End User Computing',
    'Quantum Compute',
    'Serverless Compute',
    'Virtual Machines',
    'Other (Compute)',
  ],
}
/** Columns that are there for nothing without another. */
const TOGETHER: readonly [string, string][] = [
  ['ConsumedQuantity', 'ConsumedUnit'],
  ['PricingQuantity', 'PricingUnit'],
  ['ResourceId', 'ResourceType'],
  ['SkuPriceId', 'SkuId'],
]

/** What is against the rules, in sentences; none where the file is as it should be. */
export function breachesOf(rows: readonly FocusRow[]): string[] {
  const [first] = rows
  // Columns are seen in rows.
  if (!first) return []
  const names = Object.keys(first)
  const ofNames = [
    ...MANDATORY.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
    ...names.filter((name) => !/^(x_)?[A-Z][A-Za-z]{1,49}$/.test(name)).map((name) => `${name} is no name of a column`),
  ]
  const ofRows = rows.flatMap((row, i) => RULES.flatMap((rule) => rule(row)).map((breach) => `row ${i + 1}: ${breach}`))
  return [...ofNames, ...ofRows]
}

const RULES: readonly ((row: FocusRow) => string[])[] = [
  nullability,
  numericFormat,
  instantFormat,
  allowedValues,
  currencyFormat,
  texts,
  periods,
  products,
]

function nullability(row: FocusRow): string[] {
  const isCorrection = row.ChargeClass === 'Correction'
  const needed = [
    ...MANDATORY.filter((name) => !MAY_BE_NULL.has(name)),
    ...(isCorrection
      ? []
      : ['ConsumedQuantity', 'ConsumedUnit', 'ListUnitPrice', 'ContractedUnitPrice', 'PricingCategory']),
  ]
  return [
    ...needed.filter((name) => row[name] == null).map((name) => `${name} is null`),
    ...TOGETHER.filter(([one, other]) => (row[one] == null) !== (row[other] == null)).map(
      ([one, other]) => `${one} and ${other} do not go together`,
    ),
  ]
}

/** No separators of thousands, no signs of currency, no plus. */
function numericFormat(row: FocusRow): string[] {
  const isNumber = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?(E-?\d+)?$/.test(text)
  return [
    ...DECIMAL.filter((name) => row[name] != null && !isNumber(row[name])).map((name) => `${name} is ${row[name]}`),
    ...['ListUnitPrice', 'ContractedUnitPrice']
      .filter((name) => Number(row[name]) < 0)
      .map((name) => `${name} is negative`),
  ]
}

function instantFormat(row: FocusRow): string[] {
  return INSTANT.filter((name) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(row[name] ?? '')).map(
    (name) => `${name} is ${row[name]}`,
  )
}

function allowedValues(row: FocusRow): string[] {
  return Object.entries(ALLOWED)
    .filter(([name, values]) => row[name] != null && !values.includes(row[name]))
    .map(([name]) => `${name} is ${row[name]}`)
}

function currencyFormat({ BillingCurrency: currency }: FocusRow): string[] {
  return /^[A-Z]{3}$/.test(currency ?? '') ? [] : [`BillingCurrency is ${currency}`]
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
