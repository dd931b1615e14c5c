import { For, Show } from 'solid-js'
import { sayGpuSeconds } from '../shared/amounts.ts'
import { sayWhole } from '../shared/language.ts'
import styles from './amount-table.module.css'
import { words } from './words.ts'

interface Amount {
  gpuSeconds: number
  runs: number
  provisional: boolean
}

interface Row extends Amount {
  key: string
  rank?: number
}

/** Amounts of GPU time, largest first, each with its part of the largest as a bar. */
export function AmountTable(props: {
  title: string
  dimension: string
  rows: readonly Row[]
  total?: Amount | undefined
  /** False until the first answer. */
  loaded: boolean
}) {
  const largest = () => Math.max(...props.rows.map((row) => row.gpuSeconds), 0)
  return (
    <section class="panel" aria-label={props.title}>
      <h2 class={styles.title}>{props.title}</h2>
      <Show
        when={props.rows.length > 0}
        fallback={<p class={`muted ${styles.none}`}>{props.loaded ? words.none : words.loading}</p>}
      >
        <table class={styles.table}>
          <thead>
            <tr>
              <th>{props.dimension}</th>
              <th class={`${styles.runs} number`}>{words.columns.runs}</th>
              <th class={`${styles.amount} number`}>{words.columns.gpuSeconds}</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.rows}>{(row) => <AmountRow row={row} largest={largest()} />}</For>
          </tbody>
          <Show when={props.total}>
            {(total) => (
              <tfoot>
                <tr>
                  <th scope="row">{words.total}</th>
                  <td class="number">{sayWhole(total().runs)}</td>
                  <td class="number">{sayGpuSeconds(total().gpuSeconds)}</td>
                </tr>
              </tfoot>
            )}
          </Show>
        </table>
      </Show>
    </section>
  )
}

function AmountRow(props: { row: Row; largest: number }) {
  const share = () => (props.largest > 0 ? (props.row.gpuSeconds / props.largest) * 100 : 0)
  return (
    <tr>
      <td>
        <div class={styles.key}>
          <Show when={props.row.rank}>{(rank) => <span class={styles.rank}>{rank()}</span>}</Show>
          <span class={styles.name}>{props.row.key}</span>
          <Show when={props.row.provisional}>
            <span class={styles.growing}>{words.provisional}</span>
          </Show>
        </div>
        <div class={styles.bar} style={{ width: `${share()}%` }} />
      </td>
      <td class="number">{sayWhole(props.row.runs)}</td>
      <td class="number">{sayGpuSeconds(props.row.gpuSeconds)}</td>
    </tr>
  )
}
