import { A } from '@solidjs/router'
import { Index, Show } from 'solid-js'
import { words as ofGpu } from '../gpu/words.ts'
import { Ago } from '../shared/time.tsx'
import { type FaultRow, MOST_FAULTS } from './failures.ts'
import styles from './history.module.css'
import { words } from './words.ts'

/** What went wrong with GPUs of late, the newest first: XIDs and all else. Nothing is shown where nothing did. */
export function FaultsTable(props: { rows: readonly FaultRow[]; all: number }) {
  return (
    <Show when={props.rows.length > 0}>
      <section class={`panel ${styles.panel}`} aria-labelledby="fleet-faults">
        <h2 id="fleet-faults" class="panel-title">
          {words.faultsTable.title}
        </h2>
        <table class={`rows ${styles.table}`}>
          <thead>
            <tr>
              <th class={styles.kind}>{words.faultsTable.kind}</th>
              <th>{words.faultsTable.gpu}</th>
              <th class={`${styles.message} ${styles.wide}`}>{words.faultsTable.message}</th>
              <th class={styles.stands}>{words.faultsTable.stands}</th>
              <th class={`${styles.when} number`}>{words.faultsTable.last}</th>
            </tr>
          </thead>
          <tbody>
            <Index each={props.rows}>{(row) => <Fault row={row()} />}</Index>
          </tbody>
        </table>
        <Show when={props.all > MOST_FAULTS}>
          <p class={`muted ${styles.more}`}>{words.faultsTable.more(MOST_FAULTS, props.all)}</p>
        </Show>
      </section>
    </Show>
  )
}

function Fault(props: { row: FaultRow }) {
  const kind = () => {
    const word = ofGpu.faults.kinds[props.row.fault.kind]
    return props.row.fault.xid === null ? word : `${word} ${props.row.fault.xid}`
  }
  const open = () => props.row.fault.clearedAt === null
  return (
    <tr>
      <td class="cut" title={ofGpu.faults.severities[props.row.fault.severity]}>
        <span class={open() ? styles.bad : undefined}>{kind()}</span>
        <Show when={props.row.fault.count > 1}>
          <span class="muted"> ×{props.row.fault.count}</span>
        </Show>
      </td>
      <td class="cut">
        <A href={`/gpus/${props.row.gpu.id}`}>{words.placeShort(props.row.gpu.worker.hostname, props.row.gpu.index)}</A>
      </td>
      <td class={`muted cut ${styles.wide}`} title={props.row.fault.message}>
        {props.row.fault.message}
      </td>
      <td class={open() ? styles.bad : 'muted'}>{standing(props.row)}</td>
      <td class="number muted">
        <Ago at={props.row.fault.lastAt} />
      </td>
    </tr>
  )
}

function standing({ fault }: FaultRow): string {
  if (fault.clearedAt === null) return ofGpu.faults.open
  return fault.severity === 'NOTE' ? ofGpu.faults.noted : ofGpu.faults.cleared
}
