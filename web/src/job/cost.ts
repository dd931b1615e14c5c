// What a job has cost so far.

import type { JobDetailsFragment } from '../generated/documents.ts'
import { sayMoney } from '../shared/amounts.ts'

type Usage = NonNullable<JobDetailsFragment['usage']>

/**
 * In the currencies of its prices, such as `€4.20`; undefined where there is no price. While it grows it goes on at the
 * price so far: `gpuSeconds` are those by now, of which the server has counted fewer.
 */
export function sayCost({ cost, gpuSeconds: counted }: Usage, gpuSeconds: number): string | undefined {
  if (!cost || cost.length === 0) return undefined
  const growth = counted > 0 ? Math.max(1, gpuSeconds / counted) : 1
  return cost.map(({ amount, currency }) => sayMoney(Number(amount) * growth, currency)).join(' + ')
}
