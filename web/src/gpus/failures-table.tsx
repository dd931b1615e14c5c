import { A } from '@solidjs/router'
import { Index, Show } from 'solid-js'
import { sayWhole } from '../shared/language.ts'
import { words as everywhere } from '../shared/words.ts'
import { FAILURE_DAYS, type FailureRow } from './failures.ts'
import styles from './history.module.css'
import { words } from './words.ts'

/** Which GPUs kill runs: nothing is shown while none does. */
export function FailuresTable(props: { rows: readonly FailureRow[] }) {
  return (
    <Show when={props.rows.length > 0}>
      <section class={`panel ${styles.panel}`} aria-labelledby="failures">
        <h2 id="failures" class="panel-title">
          {words.failures.title(FAILURE_DAYS)}
        </h2>
        <table class={`rows ${styles.table}`}>
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
            <Index each={props.rows}>{(row) => <Failure row={row()} />}</Index>
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
        <p class={`muted ${styles.place}`}>{words.placeShort(props.row.gpu.worker.hostname, props.row.gpu.index)}</p>
      </td>
      <td class={`number ${props.row.gpuFailed > 0 ? styles.bad : ''}`}>{sayWhole(props.row.gpuFailed)}</td>
      <td class="number">{sayWhole(props.row.lost)}</td>
      <td class={`number ${styles.wide}`}>{sayWhole(props.row.runs)}</td>
      <td class="number">{sayWhole(props.row.faults)}</td>
    </tr>
  )
}
