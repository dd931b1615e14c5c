import { createSignal, For, Index, lazy, Show, Suspense } from 'solid-js'
import {
  type BudgetFragment,
  BudgetsChangedDocument,
  BudgetsDocument,
  DeleteBudgetDocument,
} from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription } from '../shared/live.ts'
import { sayError } from '../shared/say-error.ts'
import { createSoon } from '../shared/soon.ts'
import { Soon } from '../shared/time.tsx'
import { sayOf, toBar } from './budgets.ts'
import styles from './budgets-panel.module.css'
import panels from './panels.module.css'
import { maySetBudgets } from './who.ts'
import { words } from './words.ts'

const BudgetDialog = lazy(() => import('./budget-dialog.tsx'))

/** What is spent grows without an event: it is asked for again this often, in milliseconds. */
const ROUND_MS = 10_000
/** After a change, in milliseconds. */
const SOON_MS = 200

/** What accounts may spend this month, how much of it they have, and where the pace leads. */
export default function BudgetsPanel(props: { account: string | undefined; currency: string | undefined }) {
  const { client } = useGraph()
  const query = createLiveQuery(BudgetsDocument, () => ({}))
  const refreshSoon = createSoon(query.refresh, SOON_MS, ROUND_MS)
  createSubscription(BudgetsChangedDocument, () => ({}), refreshSoon)
  const [setting, setSetting] = createSignal(false)
  const [failed, setFailed] = createSignal<string>()
  const budgets = () =>
    (query.data()?.budgets ?? []).filter(({ account }) => props.account === undefined || account === props.account)
  const remove = async (id: string) => {
    const { error } = await client.mutation(DeleteBudgetDocument, { id }).toPromise()
    setFailed(error && sayError(error))
    query.refresh()
  }
  const problem = () => {
    const error = query.error()
    return failed() ?? (error && sayError(error))
  }
  return (
    <section class={`panel ${panels.panel}`} aria-labelledby="budgets">
      <header class={panels.head}>
        <h2 id="budgets">{words.budgets.title}</h2>
        <span class={panels.note}>{words.budgets.note}</span>
        <Show when={maySetBudgets()}>
          <button type="button" class={`button ${panels.save}`} onClick={() => setSetting(true)}>
            {words.budgets.set}
          </button>
        </Show>
      </header>
      <Show when={problem()}>
        {(text) => (
          <p class={`problem ${styles.problem}`} role="alert">
            {text()}
          </p>
        )}
      </Show>
      <Show
        when={budgets().length > 0}
        fallback={<p class={`muted ${panels.none}`}>{query.data() ? words.budgets.none : words.loading}</p>}
      >
        <ul class={styles.list}>
          <Index each={budgets()}>
            {(budget) => <Budget budget={budget()} onRemove={() => void remove(budget().id)} />}
          </Index>
        </ul>
      </Show>
      <Show when={setting()}>
        <Suspense>
          <BudgetDialog
            account={props.account}
            currency={props.currency}
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

function Budget(props: { budget: BudgetFragment; onRemove: () => void }) {
  const bar = () => toBar(props.budget)
  const say = (amount: string) => sayOf(amount, props.budget.currency)
  return (
    <li class={styles.budget} data-standing={bar().standing}>
      <p class={styles.names}>
        <span class={styles.account}>{props.budget.account}</span>
        <span>
          <b>{say(props.budget.spent)}</b> {words.budgets.of(say(props.budget.amount))}
        </span>
        <Show when={maySetBudgets()}>
          <button
            type="button"
            class={styles.remove}
            aria-label={words.budgets.remove(props.budget.account)}
            onClick={() => props.onRemove()}
          >
            <span aria-hidden="true">✕</span>
          </button>
        </Show>
      </p>
      <div class={styles.bar} aria-hidden="true">
        <span class={styles.forecast} style={{ width: `${bar().forecast * 100}%` }} />
        <span class={styles.spent} style={{ width: `${bar().spent * 100}%` }} />
        <For each={bar().thresholds}>
          {({ at, percent }) => (
            <span class={styles.threshold} style={{ left: `${at * 100}%` }} title={words.budgets.threshold(percent)} />
          )}
        </For>
      </div>
      <p class={`muted ${styles.notes}`}>
        <span>{words.budgets.forecast(say(props.budget.forecast))}</span>
        <Show when={props.budget.usedUp}>
          <span class={styles.over}>{props.budget.stopsNewWork ? words.budgets.stopped : words.budgets.usedUp}</span>
        </Show>
        <span class={styles.end}>
          {words.budgets.ends} <Soon at={props.budget.monthEndsAt} />
        </span>
      </p>
    </li>
  )
}
