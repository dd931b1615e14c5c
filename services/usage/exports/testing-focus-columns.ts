// For tests: the columns of FOCUS 1.2 that a file of usage has, each as its "Content Constraints" and its requirements have
// it, and not as we write it. https://focus.finops.org/focus-specification/v1-2/

export interface SpecifiedColumn {
  type: 'Decimal' | 'Date/Time' | 'String' | 'Key-Value'
  /** Of a conditional column: whether its condition holds here, so that it must be present. */
  level: 'Mandatory' | 'Conditional, and it applies' | 'Conditional' | 'Recommended'
  /** `unless a correction`: not null where ChargeCategory is Usage and ChargeClass is not Correction. */
  isNull: 'never' | 'unless a correction' | 'allowed'
}

const column = (
  level: SpecifiedColumn['level'],
  type: SpecifiedColumn['type'],
  isNull: SpecifiedColumn['isNull'],
): SpecifiedColumn => ({ type, level, isNull })

export const SPECIFIED: Readonly<Record<string, SpecifiedColumn>> = {
  BilledCost: column('Mandatory', 'Decimal', 'never'),
  BillingAccountId: column('Mandatory', 'String', 'never'),
  // Not null where accounts have names, as here.
  BillingAccountName: column('Mandatory', 'String', 'never'),
  BillingAccountType: column('Conditional, and it applies', 'String', 'never'),
  BillingCurrency: column('Mandatory', 'String', 'never'),
  BillingPeriodEnd: column('Mandatory', 'Date/Time', 'never'),
  BillingPeriodStart: column('Mandatory', 'Date/Time', 'never'),
  ChargeCategory: column('Mandatory', 'String', 'never'),
  ChargeClass: column('Mandatory', 'String', 'allowed'),
  // It should not be null.
  ChargeDescription: column('Mandatory', 'String', 'never'),
  ChargeFrequency: column('Recommended', 'String', 'never'),
  ChargePeriodEnd: column('Mandatory', 'Date/Time', 'never'),
  ChargePeriodStart: column('Mandatory', 'Date/Time', 'never'),
  ConsumedQuantity: column('Conditional, and it applies', 'Decimal', 'unless a correction'),
  ConsumedUnit: column('Conditional, and it applies', 'String', 'unless a correction'),
  ContractedCost: column('Mandatory', 'Decimal', 'never'),
  ContractedUnitPrice: column('Conditional', 'Decimal', 'unless a correction'),
  EffectiveCost: column('Mandatory', 'Decimal', 'never'),
  InvoiceIssuerName: column('Mandatory', 'String', 'never'),
  ListCost: column('Mandatory', 'Decimal', 'never'),
  ListUnitPrice: column('Conditional, and it applies', 'Decimal', 'unless a correction'),
  PricingCategory: column('Conditional', 'String', 'unless a correction'),
  PricingQuantity: column('Mandatory', 'Decimal', 'unless a correction'),
  PricingUnit: column('Mandatory', 'String', 'unless a correction'),
  ProviderName: column('Mandatory', 'String', 'never'),
  PublisherName: column('Mandatory', 'String', 'never'),
  ResourceId: column('Conditional, and it applies', 'String', 'allowed'),
  ResourceName: column('Conditional, and it applies', 'String', 'allowed'),
  ResourceType: column('Conditional, and it applies', 'String', 'allowed'),
  ServiceCategory: column('Mandatory', 'String', 'never'),
  ServiceName: column('Mandatory', 'String', 'never'),
  ServiceSubcategory: column('Recommended', 'String', 'never'),
  SkuId: column('Conditional, and it applies', 'String', 'unless a correction'),
  SkuMeter: column('Conditional, and it applies', 'String', 'unless a correction'),
  SkuPriceDetails: column('Conditional, and it applies', 'Key-Value', 'allowed'),
  SkuPriceId: column('Conditional, and it applies', 'String', 'unless a correction'),
}

/** The columns of the type. */
export function ofType(type: SpecifiedColumn['type']): string[] {
  return Object.keys(SPECIFIED).filter((name) => SPECIFIED[name]?.type === type)
}

export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
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
  // Those of Compute, which is the category of all that we charge.
  ServiceSubcategory: [
    'Containers',
    'End User Computing',
    'Quantum Compute',
    'Serverless Compute',
    'Virtual Machines',
    'Other (Compute)',
  ],
}
