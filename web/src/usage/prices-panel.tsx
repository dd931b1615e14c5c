import { createSignal, For, lazy, Show, Suspense } from 'solid-js'
import { PricesDocument } from '../generated/documents.ts'
import { sayMoney } from '../shared/amounts.ts'
import { now } from '../shared/clock.ts'
import { createLiveQuery } from '../shared/live.ts'
import { onceUsed } from '../shared/once-used.ts'
import { sayError } from '../shared/say-error.ts'
import { exactly } from '../shared/time.tsx'
import styles from './panels.module.css'
import table from './usage-table.module.css'
import { maySetPrices } from './who.ts'
import { words } from './words.ts'

const PriceDialog = lazy(() => import('./price-dialog.tsx'))

/** What an hour of a GPU costs, since when. For administrators, with a way to set it. */
export default function PricesPanel() {
  const query = createLiveQuery(PricesDocument, () => ({}))
  const [setting, setSetting] = createSignal(false)
  const prices = () => query.data()?.prices ?? []
  return (
    <section id="prices" class={`panel ${styles.panel}`} aria-labelledby="prices-title">
      <header class={styles.head}>
        <h2 id="prices-title">{words.prices.title}</h2>
        <span class={styles.space} />
        <Show when={maySetPrices()}>
          <button type="button" class={`button ${styles.save}`} onClick={() => setSetting(true)}>
            {words.prices.set}
          </button>
        </Show>
      </header>
      <Show
        when={prices().length > 0}
        fallback={<p class={`muted ${styles.none}`}>{sayState(query.error(), query.loading())}</p>}
      >
        <table class={`rows ${table.table}`}>
          <thead>
            <tr>
              <th>{words.prices.model}</th>
              <th class={`${table.amount} number`}>{words.prices.perHour}</th>
              <th class={`${table.since} number`}>{words.prices.since}</th>
            </tr>
          </thead>
          <tbody>
            <For each={prices()}>
              {(price) => (
                <tr title={`${words.prices.by} ${price.setBy}`}>
                  <td class={table.name}>{price.model === '*' ? words.prices.every : price.model}</td>
                  <td class="number">{sayMoney(Number(price.perGpuHour), price.currency)}</td>
                  <td class="number">
                    <time dateTime={price.validFrom} title={exactly(Date.parse(price.validFrom))}>
                      {day().format(Date.parse(price.validFrom))}
                    </time>
                    <Show when={Date.parse(price.validFrom) > now()}>
                      <span class="muted"> {words.prices.ahead}</span>
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <Show when={setting()}>
        <Suspense>
          <PriceDialog
            currency={prices()[0]?.currency}
            onClose={() => setSetting(false)}
            onSaved={() => {
              setSetting(false)
              query.refresh()
            }}
          />
        </Suspense>
      </Show>
    </section>
  )
}

const day = onceUsed(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }))

function sayState(error: Parameters<typeof sayError>[0] | undefined, loading: boolean): string {
  if (error) return sayError(error)
  return loading ? words.loading : words.prices.none
}
