// Decimals as whole numbers of their last place, so that they add up exactly.

/** Decimal places of an amount of money in the ledger. */
export const MONEY_PLACES = 10

/** `1.5` with 2 places is 150; further places are cut off. */
export function unscaled(text: string, places: number): bigint {
  const isNegative = text.startsWith('-')
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  const amount = BigInt(whole + part.padEnd(places, '0').slice(0, places))
  return isNegative ? -amount : amount
}

/** 150 with 2 places is `1.50`. */
export function scaled(amount: bigint, places: number): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(places + 1, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
