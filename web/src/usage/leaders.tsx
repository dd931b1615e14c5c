import { Index, Show } from 'solid-js'
import { LeaderboardDocument, type TimeRangeInput } from '../generated/documents.ts'
import { sayWhole } from '../shared/language.ts'
import { createLiveQuery } from '../shared/live.ts'
import { sayError } from '../shared/say-error.ts'
import { createSoon } from '../shared/soon.ts'
import { useAddress } from './address.ts'
import { sayTime, unitFor } from './measures.ts'
import styles from './panels.module.css'
import table from './usage-table.module.css'
import { seesFleet } from './who.ts'
import { words } from './words.ts'

/** As often as the rest is asked for again, and a little less, in milliseconds. */
const ROUND_MS = 15_000

/** Who used most of all, whatever is filtered. */
export default function Leaders(props: { range: TimeRangeInput; by: 'USER' | 'ACCOUNT' }) {
  const query = createLiveQuery(LeaderboardDocument, () => ({ range: props.range, by: props.by }))
  createSoon(query.refresh, 0, ROUND_MS)
  const { goTo } = useAddress()
  const leaders = () => query.data()?.usageLeaderboard ?? []
  const unit = () => unitFor(leaders()[0]?.usage.gpuSeconds ?? 0)
  const into = (key: string) =>
    goTo({ account: undefined, user: undefined, model: undefined, [props.by.toLowerCase()]: key, by: undefined })
  return (
    <section class={`panel ${styles.panel}`} aria-labelledby="leaders">
      <header class={styles.head}>
        <h2 id="leaders">{props.by === 'USER' ? words.leaders.users : words.leaders.accounts}</h2>
        <span class={styles.note}>{seesFleet() ? words.leaders.note : words.leaders.noteOfOwn}</span>
      </header>
      <Show
        when={leaders().length > 0}
        fallback={<p class={`muted ${styles.none}`}>{sayState(query.error(), query.loading())}</p>}
      >
        <table class={`rows ${table.table}`}>
          <thead>
            <tr>
              <th>{words.dimensions[props.by]}</th>
              <th class={`${table.share} number`}>{words.table.attempts}</th>
              <th class={`${table.amount} number`}>{words.units[unit()]}</th>
            </tr>
          </thead>
          <tbody>
            <Index each={leaders()}>
              {(leader) => (
                <tr>
                  <td>
                    <div class={table.key}>
                      <span class={table.rank}>{leader().rank}</span>
                      <button type="button" class={`${styles.name} ${table.name}`} onClick={() => into(leader().key)}>
                        {leader().key}
                      </button>
                    </div>
                  </td>
                  <td class="number">{sayWhole(leader().usage.runs)}</td>
                  <td class="number">{sayTime(leader().usage.gpuSeconds, unit())}</td>
                </tr>
              )}
            </Index>
          </tbody>
        </table>
      </Show>
    </section>
  )
}

function sayState(error: Parameters<typeof sayError>[0] | undefined, loading: boolean): string {
  if (error) return sayError(error)
  return loading ? words.loading : words.leaders.none
}
