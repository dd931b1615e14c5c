import { useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { LeaderboardDocument, type UsageDimension, UsageDocument } from '../generated/documents.ts'
import { Choices } from '../shared/choices.tsx'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, refreshByLink } from '../shared/live.ts'
import { sayError } from '../shared/say-error.ts'
import { useSearchParam } from '../shared/search.ts'
import { createSoon } from '../shared/soon.ts'
import { setTitle } from '../shared/title.ts'
import { AmountTable } from './amount-table.tsx'
import { RANGE_NAMES, type RangeName, rangeBefore } from './range.ts'
import styles from './usage-page.module.css'
import { words } from './words.ts'

const DIMENSIONS = ['ACCOUNT', 'USER', 'MODEL'] as const satisfies UsageDimension[]

/** A report is asked for again this often, in milliseconds. */
const ROUND_MS = 10_000

/** Who used how much GPU time. */
export default function UsagePage() {
  setTitle(() => words.title)
  const graph = useGraph()
  const askedRange = useSearchParam('range')
  const askedBy = useSearchParam('by')
  const rangeName = createMemo(() => RANGE_NAMES.find((each) => each === askedRange()) ?? 'week')
  const by = createMemo(() => DIMENSIONS.find((each) => each.toLowerCase() === askedBy()) ?? 'ACCOUNT')
  const range = createMemo(() => rangeBefore(Date.now(), rangeName()))

  const report = createLiveQuery(UsageDocument, () => ({ range: range(), groupBy: [by()] }))
  const leaders = createLiveQuery(LeaderboardDocument, () => ({ range: range(), by: by() }))
  const refresh = () => {
    report.refresh()
    leaders.refresh()
  }
  createSoon(refresh, 0, ROUND_MS)
  refreshByLink(graph, refresh)

  const total = () => report.data()?.usage?.total
  const rows = () =>
    (report.data()?.usage?.rows ?? []).map((row) => ({
      key: { ACCOUNT: row.account, USER: row.user, MODEL: row.model }[by()] ?? words.unnamed,
      ...row.usage,
    }))
  const top = () => (leaders.data()?.usageLeaderboard ?? []).map((entry) => ({ ...entry, ...entry.usage }))

  return (
    <>
      <div class={styles.head}>
        <h1>{words.title}</h1>
        <UsageChoices by={by()} range={rangeName()} />
      </div>
      <Show when={report.error() ?? leaders.error()}>
        {(error) => (
          <p class={`notice bad ${styles.error}`} role="alert">
            {sayError(error())}
          </p>
        )}
      </Show>
      <div class={styles.tables}>
        <AmountTable
          title={words.report}
          dimension={words.dimensions[by()]}
          rows={rows().toSorted((a, b) => b.gpuSeconds - a.gpuSeconds)}
          total={total()}
          loaded={report.data() !== undefined}
        />
        <AmountTable
          title={words.leaderboard[by()]}
          dimension={words.dimensions[by()]}
          rows={top()}
          loaded={leaders.data() !== undefined}
        />
      </div>
    </>
  )
}

/** What the tables show. The choice lives in the address. */
function UsageChoices(props: { by: UsageDimension; range: RangeName }) {
  const [, setSearch] = useSearchParams()
  return (
    <div class={styles.choices}>
      <Choices
        label={words.groupBy}
        options={DIMENSIONS}
        chosen={props.by}
        say={(each) => words.dimensions[each]}
        onChoose={(each) => setSearch({ by: each.toLowerCase() }, { replace: true })}
      />
      <Choices
        label={words.range}
        options={RANGE_NAMES}
        chosen={props.range}
        say={(each) => words.ranges[each]}
        onChoose={(each) => setSearch({ range: each }, { replace: true })}
      />
    </div>
  )
}
