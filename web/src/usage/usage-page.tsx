import { createMemo, lazy, Show, Suspense } from 'solid-js'
import { UsageDocument } from '../generated/documents.ts'
import { now } from '../shared/clock.ts'
import { useGraph } from '../shared/graph.ts'
import { inOwnTask } from '../shared/in-turn.ts'
import { Later } from '../shared/later.tsx'
import { createLiveQuery, refreshByLink } from '../shared/live.ts'
import { sayError } from '../shared/say-error.ts'
import { createSoon } from '../shared/soon.ts'
import { setTitle } from '../shared/title.ts'
import { createAsked } from './address.ts'
import type { Asked } from './asked.ts'
import { startOf } from './calendar.ts'
import { Controls } from './controls.tsx'
import { Figures } from './figures.tsx'
import { toInput } from './range.ts'
import { toReport, toVariables } from './report.ts'
import { Trail } from './trail.tsx'
import { UsageChart } from './usage-chart.tsx'
import styles from './usage-page.module.css'
import { UsageTable } from './usage-table.tsx'
import { seesBudgets, seesFleet, seesOthers } from './who.ts'
import { words } from './words.ts'

const FleetPanel = lazy(() => import('./fleet-panel.tsx').then(inOwnTask))
const BudgetsPanel = lazy(() => import('./budgets-panel.tsx').then(inOwnTask))
const ExportsPanel = lazy(() => import('./exports-panel.tsx').then(inOwnTask))
const Leaders = lazy(() => import('./leaders.tsx').then(inOwnTask))
const PricesPanel = lazy(() => import('./prices-panel.tsx').then(inOwnTask))

/** A report is asked for again this often, in milliseconds. */
const ROUND_MS = 10_000

/** Who used how much GPU time when, what came of it, and what it cost. */
export default function UsagePage() {
  setTitle(() => words.title)
  const graph = useGraph()
  // The time moves on by hours: the same question can be answered from the cache in between.
  const hour = createMemo(() => startOf(now(), 'HOUR'))
  const asked = createAsked(hour)
  const question = createMemo(() => ({ asked: asked(), variables: toVariables(asked(), hour()) }))
  const query = createLiveQuery(UsageDocument, () => question().variables)
  // Until there is an answer to a new question, what is shown is that to the last.
  const shown = createMemo<Asked>((last) => (query.answered() === question().variables ? asked() : last), asked())
  createSoon(query.refresh, 0, ROUND_MS)
  refreshByLink(graph, query.refresh)
  const report = createMemo(() => toReport(query.data(), shown(), Date.now()))
  return (
    <div class={styles.page}>
      <div class={styles.head}>
        <div>
          <Trail asked={asked()} />
          <h1>{words.title}</h1>
        </div>
        <Controls asked={asked()} />
      </div>
      <Show when={query.error()}>
        {(error) => (
          <p class="notice bad" role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <Show when={report()} fallback={<p class={styles.loading}>{query.error() ? '' : words.loading}</p>}>
        {(present) => (
          <>
            <Figures report={present()} measure={shown().measure} />
            <Later>
              <UsageChart asked={shown()} report={present()} />
            </Later>
            <Later>
              <UsageTable asked={shown()} report={present()} />
            </Later>
          </>
        )}
      </Show>
      <Suspense>
        <Show when={report()}>
          <div class={styles.sides}>
            <div class={styles.side}>
              <Show when={seesFleet()}>
                <FleetPanel stretch={asked().stretch} grain={asked().grain} />
              </Show>
              <Show when={seesBudgets()} fallback={<ExportsPanel asked={asked()} />}>
                <BudgetsPanel account={asked().filter.account} currency={report()?.currency} />
              </Show>
            </div>
            <div class={styles.side}>
              <Show when={seesOthers()}>
                <Leaders range={toInput(asked().stretch)} by={asked().by === 'USER' ? 'ACCOUNT' : 'USER'} />
                <ExportsPanel asked={asked()} />
              </Show>
              <PricesPanel />
            </div>
          </div>
        </Show>
      </Suspense>
    </div>
  )
}
