import { expect, test } from 'vitest'
import { breachesOf } from './testing-focus.ts'

test('the checker finds what breaks the rules', () => {
  const good = {
    BilledCost: '1.5',
    BillingAccountId: 'a',
    BillingAccountName: 'a',
    BillingAccountType: 'Account',
    BillingCurrency: 'EUR',
    BillingPeriodEnd: '2026-02-01T00:00:00Z',
    BillingPeriodStart: '2026-01-01T00:00:00Z',
    ChargeCategory: 'Usage',
    ChargeClass: null,
    ChargeDescription: 'x',
    ChargePeriodEnd: '2026-01-02T00:00:00Z',
    ChargePeriodStart: '2026-01-01T00:00:00Z',
    ConsumedQuantity: '1',
    ConsumedUnit: 'GPU-Hours',
    ContractedCost: '1.5',
    ContractedUnitPrice: '1.5',
    EffectiveCost: '1.5',
    InvoiceIssuerName: 'c',
    ListCost: '1.5',
    ListUnitPrice: '1.5',
    PricingCategory: 'Standard',
    PricingQuantity: '1',
    PricingUnit: 'GPU-Hours',
    ProviderName: 'c',
    PublisherName: 'c',
    ResourceId: 'g',
    ResourceName: 'A100',
    ResourceType: 'GPU',
    ServiceCategory: 'Compute',
    ServiceName: 's',
    SkuId: 'A100',
    SkuMeter: 'm',
    SkuPriceDetails: '{"GpuCount":1}',
    SkuPriceId: 'A100',
  }
  expect(breachesOf([good])).toEqual([])
  const { ListCost: _, ...without } = good
  expect(breachesOf([without])).toContain('ListCost is missing')
  for (const [name, value] of [
    ['BilledCost', '1,5'],
    ['BillingCurrency', 'eur'],
    ['BillingCurrency', 'ZZZ'],
    ['BillingCurrency', 'XXX'],
    ['ConsumedQuantity', '0'],
    ['ResourceId', null],
    ['ResourceName', 'g'],
    ['SkuId', null],
    ['SkuMeter', null],
    ['SkuPriceId', null],
    ['SkuPriceDetails', '{"Vram":80}'],
    ['SkuPriceDetails', 'GpuCount=1'],
    ['ChargeCategory', 'usage'],
    ['ServiceName', null],
    ['ServiceName', ' '],
    ['ChargePeriodStart', '2026-01-01'],
    ['ChargePeriodEnd', '2026-03-01T00:00:00Z'],
    ['ListUnitPrice', '2'],
    ['ChargeClass', 'Correction'],
    ['ConsumedUnit', null],
  ] as const) {
    expect(breachesOf([{ ...good, [name]: value }]), name).not.toEqual([])
  }
  expect(breachesOf([good, { ...good, SkuId: 'H100' }])).toEqual(['the SkuPriceId A100 has more than one SkuId'])
  expect(breachesOf([{ ...good, Vendor: 'v' }])).toEqual(['Vendor is no name of a column'])
  expect(breachesOf([{ x_User: 'u', ...good }])).toContain('BilledCost comes after custom columns')
})
