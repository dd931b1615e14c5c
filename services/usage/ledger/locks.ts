// Whoever enters slices reads prices and closed months; whoever changes these waits until those who read the old ones
// have committed, so that what follows from the change finds all that was entered by them.
import type { PoolClient } from 'pg'

/** To be called first in a transaction that enters slices. */
export async function readingPrices(client: PoolClient): Promise<void> {
  await client.query('LOCK TABLE prices, closed_periods IN ROW SHARE MODE')
}

/** To be called first in a transaction that changes prices or closes a month. */
export async function changingPrices(client: PoolClient): Promise<void> {
  await client.query('LOCK TABLE prices, closed_periods IN EXCLUSIVE MODE')
}
