// A statement as a page: no scripts, nothing that is fetched, and made to be printed on A4.
import { type Sum, sumBy, sumOf } from './add-up.ts'
import { bars } from './bars.ts'
import { count, hours, instant, money, monthName, share } from './figures.ts'
import { type Html, html } from './html.ts'
import type { Statement } from './read-statement.ts'
import { reconcile } from './reconcile.ts'
import { STYLE } from './style.ts'
import { byAmount, correctionTable, priceTable, reconciliation, sumTable } from './tables.ts'

/** The whole document. */
export function toPage(statement: Statement): string {
  const { account, month, charges } = statement
  const [days, all] = [sumBy(charges.day), sumOf(charges.all)]
  const title = `${account}, ${monthName(month)}: usage of GPUs`
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${{ html: STYLE }}</style></head>
<body>
${head(statement)}
${cards(statement)}
<section><h2>GPU hours by day</h2>${bars(month, days)}
<p class="legend"><span class="good"></span> of attempts that succeeded <span class="wasted"></span> of attempts that did not</p></section>
<section><h2>By user</h2>${sumTable('User', byAmount(sumBy(charges.user)), all)}</section>
<section><h2>By model of GPU</h2>${sumTable('Model', byAmount(sumBy(charges.model).map(named)), all)}</section>
<section><h2>Prices</h2>${priceTable(statement.prices)}</section>
<section><h2>Corrections of earlier months</h2>${correctionTable(statement.corrections)}</section>
<section class="whole"><h2>Reconciliation</h2>${reconciliation(reconcile(statement))}</section>
<section><h2>By day</h2>${sumTable('Day', days, all)}</section>
${notes(statement)}
</body>
</html>
`.html
}

/** A run without GPUs is of no model. */
function named(sum: Sum): Sum {
  return sum.key === '' ? { ...sum, key: 'no GPU' } : sum
}

function head({ account, month, user, asOf, closedAt }: Statement): Html {
  const state = closedAt ? html`Closed ${instant(closedAt)}` : html`<strong>Provisional</strong>: not closed yet`
  return html`<header>
<div><p class="brand">Constellation</p><h1>Statement of usage</h1></div>
<dl><dt>Account</dt><dd>${account}</dd>${user === null ? html`` : html`<dt>Only runs of</dt><dd>${user}</dd>`}
<dt>Month (UTC)</dt><dd>${monthName(month)}</dd><dt>State</dt><dd>${state}</dd><dt>Written</dt><dd>${instant(asOf)}</dd></dl>
</header>`
}

function cards(statement: Statement): Html {
  const { charges, corrections } = statement
  const all = sumOf(charges.all)
  const { money: sums } = reconcile(statement)
  const totals = sums.map(({ currency, total }) => ({ currency, amount: total }))
  const billed = corrections.length > 0 ? 'Billed, with corrections' : 'Billed'
  return html`<div class="cards">
${card(billed, money(totals))}${card('GPU hours', hours(all.heldUs))}${card('Attempts', count(all.runs))}
${card('Unsuccessful', share(all.wastedUs, all.heldUs))}${card('Utilised', share(all.utilisedUs, all.measuredUs))}
</div>`
}

function card(name: string, figure: string): Html {
  return html`<div><p>${name}</p><strong>${figure}</strong></div>`
}

function notes({ goingOn, closedAt }: Statement): Html {
  const open =
    goingOn > 0 ? html`<li>Attempts that go on: ${count(goingOn)}. They are entered when they end.</li>` : html``
  const change = closedAt
    ? html`<li>The month is closed: what is corrected of it later is in the statement of the month in which it is entered.</li>`
    : html`<li>The month is not closed: its figures may still change.</li>`
  return html`<footer><ul>
<li>A GPU hour is an hour of one GPU that an attempt held, whatever came of it. An attempt is counted once: on the day it started, and with
the model of the first of its GPUs.</li>
<li>Utilised is the part of the time in which the GPU worked, of the time that was measured.</li>
<li>Amounts are kept to ten places, and rounded only where they are shown.</li>
${change}${open}</ul></footer>`
}
