// Figures as a statement shows them. Rounded only here.
import type { Money } from '../generated/resolvers.ts'

const two = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const whole = new Intl.NumberFormat('en')
const percentage = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 })
const named = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })

export const NOTHING = '–'

export function hours(us: number): string {
  return two.format(us / 3_600_000_000)
}

export function count(n: number): string {
  return whole.format(n)
}

export function share(part: number, of: number): string {
  return of === 0 ? NOTHING : percentage.format(part / of)
}

/** `1,234.50 EUR`; of several currencies each. */
export function money(sums: readonly Money[]): string {
  if (sums.length === 0) return NOTHING
  return sums.map(({ amount, currency }) => `${decimal(amount)} ${currency}`).join(' + ')
}

/** To cents, from the text: a number would round before it is told to. */
function decimal(text: string): string {
  // ECMA-402 formats a decimal text exactly.
  return two.format(text as `${number}`)
}

/** A price without the zeros at its end, with two places at the least. */
export function price(text: string): string {
  const [whole = '0', places = ''] = text.split('.')
  return `${whole}.${places.replace(/0+$/, '').padEnd(2, '0')}`
}

/** `January 2026`, of `2026-01`. */
export function monthName(month: string): string {
  return named.format(new Date(`${month}-01T00:00:00Z`))
}

/** `2026-01-31 12:00 UTC`. */
export function instant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
