import { A } from '@solidjs/router'
import { createMemo, Index, Show } from 'solid-js'
import type { GpuCardFragment } from '../generated/documents.ts'
import { now } from '../shared/clock.ts'
import { LANGUAGE } from '../shared/language.ts'
import { onceUsed } from '../shared/once-used.ts'
import { Duration } from '../shared/time.tsx'
import styles from './history.module.css'
import { type IdleRun, idleRuns } from './idle.ts'
import { words } from './words.ts'

const hours = onceUsed(() => new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 }))

/** Who leaves GPUs idle, and how much: nothing is shown while nobody does. */
export function IdleTable(props: { gpus: readonly GpuCardFragment[] }) {
  // The hours have one decimal: there is no need to count each second.
  const minute = createMemo(() => Math.floor(now() / 60_000))
  const rows = createMemo(() => {
    minute()
    return idleRuns(props.gpus, Date.now())
  })
  return (
    <Show when={rows().length > 0}>
      <section class={`panel ${styles.panel}`} aria-labelledby="idle">
        <h2 id="idle" class="panel-title">
          {words.idleTable.title}
        </h2>
        <table class={`rows ${styles.table}`}>
          <thead>
            <tr>
              <th>{words.idleTable.job}</th>
              <th class={styles.who}>{words.idleTable.user}</th>
              <th class={`${styles.where} ${styles.wide}`}>{words.idleTable.gpus}</th>
              <th class={`${styles.when} number`}>{words.idleTable.since}</th>
              <th class={`${styles.figure} number`}>{words.idleTable.hours}</th>
            </tr>
          </thead>
          <tbody>
            <Index each={rows()}>{(row) => <Idle row={row()} />}</Index>
          </tbody>
        </table>
      </section>
    </Show>
  )
}

function Idle(props: { row: IdleRun }) {
  return (
    <tr>
      <td class="cut">
        <A href={`/jobs/${props.row.job.id}`}>{props.row.job.name}</A>
      </td>
      <td class="cut" title={props.row.job.account}>
        {props.row.job.submittedBy}
      </td>
      <td class={`cut ${styles.wide}`}>{placesOf(props.row)}</td>
      <td class="number">
        <Duration from={props.row.since} to={null} />
      </td>
      <td class={`number ${styles.warn}`}>{hours().format(props.row.gpuHours)}</td>
    </tr>
  )
}

function placesOf({ gpus }: IdleRun): string {
  const [first] = gpus
  if (!first) return ''
  const indices = gpus.filter(({ worker }) => worker.id === first.worker.id).map(({ index }) => index)
  return words.idleTable.place(first.worker.hostname, indices.toSorted((a, b) => a - b).join(', '))
}
