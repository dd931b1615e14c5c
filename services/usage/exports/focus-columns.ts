// The columns of FOCUS 1.2 that we have, from a row of charges. The 21 that are mandatory are all here, of the conditional
// ones those whose condition holds (usage is measured, prices are listed by GPU-hour, GPUs are what is billed), and some that
// are recommended.

interface FocusColumn {
  name: string
  /** Of a row of `charges`; what nobody held has no account. */
  sql: string
  isInstant?: true
}

/** No name of an account can be like this. */
const IDLE_ACCOUNT = 'idle:capacity'

const isIdle = 'account IS NULL'
/** Where there was no price nothing is charged. */
const cost = 'coalesce(cost, 0)::DECIMAL(28,10)'
const price = 'coalesce(per_gpu_hour, 0)::DECIMAL(18,8)'
const gpuHours = '(held_us / 3600000000)::DECIMAL(28,12)'
const month = (shift = '') => `(date_trunc('month', billed_at)${shift})::TIMESTAMP`

export const COLUMNS: readonly FocusColumn[] = [
  { name: 'BilledCost', sql: cost },
  { name: 'BillingAccountId', sql: `coalesce(account, '${IDLE_ACCOUNT}')` },
  { name: 'BillingAccountName', sql: `coalesce(account, 'Idle capacity')` },
  { name: 'BillingAccountType', sql: `'Account'` },
  { name: 'BillingCurrency', sql: 'currency' },
  { name: 'BillingPeriodEnd', sql: month(' + INTERVAL 1 MONTH'), isInstant: true },
  { name: 'BillingPeriodStart', sql: month(), isInstant: true },
  { name: 'ChargeCategory', sql: `'Usage'` },
  { name: 'ChargeClass', sql: `CASE WHEN late THEN 'Correction' END` },
  {
    name: 'ChargeDescription',
    sql: `CASE WHEN ${isIdle} THEN 'Idle time of GPUs of ' || model ELSE 'GPU time of ' || model || ', held by run ' || run_id END`,
  },
  { name: 'ChargeFrequency', sql: `'Usage-Based'` },
  { name: 'ChargePeriodEnd', sql: 'ends_at', isInstant: true },
  { name: 'ChargePeriodStart', sql: 'starts_at', isInstant: true },
  { name: 'ConsumedQuantity', sql: gpuHours },
  { name: 'ConsumedUnit', sql: `'GPU-Hours'` },
  { name: 'ContractedCost', sql: cost },
  { name: 'ContractedUnitPrice', sql: price },
  { name: 'EffectiveCost', sql: cost },
  { name: 'InvoiceIssuerName', sql: `'Constellation'` },
  { name: 'ListCost', sql: cost },
  { name: 'ListUnitPrice', sql: price },
  { name: 'PricingCategory', sql: `'Standard'` },
  { name: 'PricingQuantity', sql: gpuHours },
  { name: 'PricingUnit', sql: `'GPU-Hours'` },
  { name: 'ProviderName', sql: `'Constellation'` },
  { name: 'PublisherName', sql: `'Constellation'` },
  { name: 'ResourceId', sql: `CASE WHEN NOT ${isIdle} THEN gpu_id::VARCHAR WHEN worker_id <> '' THEN worker_id END` },
  // A worker is known by its id alone.
  { name: 'ResourceName', sql: `CASE WHEN NOT ${isIdle} THEN model END` },
  { name: 'ResourceType', sql: `CASE WHEN NOT ${isIdle} THEN 'GPU' WHEN worker_id <> '' THEN 'Worker' END` },
  { name: 'ServiceCategory', sql: `'Compute'` },
  { name: 'ServiceName', sql: `'GPU jobs'` },
  { name: 'ServiceSubcategory', sql: `'Other (Compute)'` },
  { name: 'SkuId', sql: 'model' },
  { name: 'SkuMeter', sql: `'GPU time'` },
  // Of one GPU-hour.
  { name: 'SkuPriceDetails', sql: `'{"GpuCount":1}'` },
  // It stays the same when the price changes, and finds the price in the list of prices, which goes by models.
  { name: 'SkuPriceId', sql: 'model' },
  { name: 'x_RunId', sql: 'run_id::VARCHAR' },
  { name: 'x_JobId', sql: 'job_id::VARCHAR' },
  { name: 'x_User', sql: 'submitted_by' },
  { name: 'x_Outcome', sql: 'outcome' },
  { name: 'x_UtilisedGpuHours', sql: '(utilised_us / 3600000000)::DECIMAL(28,12)' },
  { name: 'x_EnergyJoules', sql: '(energy_mj / 1000)::DECIMAL(28,3)' },
]
