import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { GpuFailuresDocument } from '../generated/documents.ts'
import { sayWhole } from '../shared/amounts.ts'
import { createLiveQuery } from '../shared/live.ts'
import { createSoon } from '../shared/soon.ts'
import { words as everywhere } from '../shared/words.ts'
import { FAILURE_DAYS, type FailureRow, failureRows } from './failures.ts'
import styles from './failures-table.module.css'
import { MOST } from './fleet.ts'
import { words } from './words.ts'

/** The counts are of a month: they are asked for again this often, in milliseconds. */
const ROUND_MS = 60_000

/** Which GPUs kill runs: nothing is shown while none does. */
export function FailuresTable() {
  const query = createLiveQuery(GpuFailuresDocument, () => ({ first: MOST, days: FAILURE_DAYS }))
  createSoon(query.refresh, 0, ROUND_MS)
  const rows = () => failureRows(query.data()?.gpus?.nodes ?? [], Date.now())
  return (
    <Show when={rows().length > 0}>
      <section class={`panel ${styles.panel}`} aria-labelledby="failures">
        <h2 id="failures" class={styles.title}>
          {words.failures.title(FAILURE_DAYS)}
        </h2>
        <table class={styles.table}>
          <thead>
            <tr>
              <th>{words.failures.gpu}</th>
              <th class={`${styles.figure} number`}>{words.failures.gpuFailed}</th>
              <th class={`${styles.figure} number`}>{words.failures.lost}</th>
              <th class={`${styles.figure} ${styles.wide} number`}>{words.failures.runs}</th>
              <th class={`${styles.figure} number`}>{words.failures.faults}</th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>{(row) => <Failure row={row} />}</For>
          </tbody>
        </table>
      </section>
    </Show>
  )
}

function Failure(props: { row: FailureRow }) {
  return (
    <tr>
      <td>
        <A class={styles.gpu} href={`/gpus/${props.row.gpu.id}`}>
          {props.row.gpu.name}
        </A>{' '}
        <Show when={props.row.gpu.simulated}>
          <span class="simulated" title={everywhere.simulatedTitle}>
            {everywhere.simulated}
          </span>
        </Show>
        <p class={`muted ${styles.where}`}>{words.placeShort(props.row.gpu.worker.hostname, props.row.gpu.index)}</p>
      </td>
      <td class={`number ${props.row.gpuFailed > 0 ? styles.bad : ''}`}>{sayWhole(props.row.gpuFailed)}</td>
      <td class="number">{sayWhole(props.row.lost)}</td>
      <td class={`number ${styles.wide}`}>{sayWhole(props.row.runs)}</td>
      <td class="number">{sayWhole(props.row.faults)}</td>
    </tr>
  )
}
