// The tables of a statement.
import type { Sum } from './add-up.ts'
import { count, hours, money, monthName, NOTHING, price, share } from './figures.ts'
import { type Html, html } from './html.ts'
import type { Correction, Priced } from './read-statement.ts'
import type { reconcile } from './reconcile.ts'

/** The largest GPU time first. */
export function byAmount(sums: readonly Sum[]): Sum[] {
  return sums.toSorted((a, b) => b.heldUs - a.heldUs)
}

export function sumTable(name: string, sums: readonly Sum[], total: Omit<Sum, 'key'>): Html {
  if (sums.length === 0) return nothing('Nothing was held.')
  const row = (key: string, { runs, heldUs, wastedUs, utilisedUs, measuredUs, cost }: Omit<Sum, 'key'>) =>
    html`<tr><th>${key}</th><td>${count(runs)}</td><td>${hours(heldUs)}</td><td>${hours(wastedUs)}</td><td>${share(utilisedUs, measuredUs)}</td><td>${money(cost)}</td></tr>`
  return html`<table><thead><tr><th>${name}</th><td>Attempts</td><td>GPU hours</td><td>Not successful</td><td>Utilised</td><td>Cost</td></tr></thead>
<tbody>${sums.map(({ key, ...sum }) => row(key, sum))}</tbody><tfoot>${row('Total', total)}</tfoot></table>`
}

export function priceTable(prices: readonly Priced[]): Html {
  if (prices.length === 0) return nothing('Nothing was held.')
  const rows = prices.map(({ model, perGpuHour, currency, heldUs, cost }) => {
    const [unit, amount] =
      perGpuHour === null || currency === null
        ? ['no price', NOTHING]
        : [`${price(perGpuHour)} ${currency}`, money([{ amount: cost, currency }])]
    return html`<tr><th>${model}</th><td>${unit}</td><td>${hours(heldUs)}</td><td>${amount}</td></tr>`
  })
  return html`<table><thead><tr><th>Model</th><td>A GPU hour</td><td>GPU hours</td><td>Cost</td></tr></thead><tbody>${rows}</tbody></table>`
}

export function correctionTable(corrections: readonly Correction[]): Html {
  if (corrections.length === 0) return nothing('None were entered in this month.')
  const rows = corrections.map(({ month, currency, runs, heldUs, cost }) => {
    const amount = currency === '' ? NOTHING : money([{ amount: cost, currency }])
    return html`<tr><th>${monthName(month)}</th><td>${count(runs)}</td><td>${hours(heldUs)}</td><td>${amount}</td></tr>`
  })
  return html`<table><thead><tr><th>Of</th><td>Attempts</td><td>GPU hours</td><td>Cost</td></tr></thead><tbody>${rows}</tbody></table>`
}

export function reconciliation({ heldUs, money: sums, agrees }: ReturnType<typeof reconcile>): Html {
  const rows = sums.map(
    ({ currency, tables, entries, corrections, total }) =>
      html`<tr><th>${currency}</th><td>${tables}</td><td>${entries}</td><td>${corrections}</td><td>${total}</td></tr>`,
  )
  const word = agrees
    ? html`<strong class="agrees">They agree.</strong>`
    : html`<strong class="differs">They differ.</strong>`
  return html`<table class="exact"><thead><tr><th></th><td>Tables</td><td>Entries of the ledger</td><td>Corrections</td><td>Billed</td></tr></thead>
<tbody><tr><th>GPU microseconds</th><td>${count(heldUs.tables)}</td><td>${count(heldUs.entries)}</td><td></td><td></td></tr>${rows}</tbody></table>
<p>The tables of users, models and days are made of the sums by hour, and the entries of the ledger, which the prices are of, were added up by themselves. ${word}</p>`
}

function nothing(text: string): Html {
  return html`<p class="nothing">${text}</p>`
}
